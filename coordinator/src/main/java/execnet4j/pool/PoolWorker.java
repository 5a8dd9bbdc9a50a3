package execnet4j.pool;

import org.jspecify.annotations.Nullable;

/** A worker that answers items one at a time; one thread uses it. */
interface PoolWorker {
    /**
     * Hands an item over.
     *
     * @throws execnet4j.error.ChannelClosedException if the worker is gone; it has not begun with the item then
     * @throws execnet4j.error.DumpException if the item is nothing that can be sent
     */
    void send(@Nullable Object item);

    /**
     * What became of the item handed over.
     *
     * @throws execnet4j.error.ChannelClosedException if the worker is gone
     * @throws execnet4j.error.RemoteTaskException if the task as a whole failed, beyond this item
     */
    TaskResult<?> answer(@Nullable Object item);

    /** Ends its task. Wakes a thread in {@link #send} or {@link #answer} too. */
    void close();
}
