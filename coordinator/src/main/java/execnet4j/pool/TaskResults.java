package execnet4j.pool;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The results of a pool's work, in the order of the items. Items are read ahead of the results taken as far as the pool's
 * window allows: who stops taking results stops the work, too, and no more than a window's items and results are in memory.
 *
 * <p>To be used by one thread; {@link #close()} may be called from any.
 *
 * @param <R> what the function returns; see {@link TaskResult}
 */
public final class TaskResults<R extends @Nullable Object> implements Iterator<TaskResult<R>>, AutoCloseable {
    private final JobWindow window;
    private final List<WorkerLoop> loops;
    private final Thread feeder;

    TaskResults(Iterator<?> items, List<? extends Place> places, int retries, int windowSize) {
        window = new JobWindow(windowSize, places.size());
        loops = places.stream()
                .map(each -> new WorkerLoop(each, window, retries))
                .toList();
        boolean started = false;
        try {
            for (int i = 0; i < loops.size(); i++) {
                DaemonThreads.start("execnet4j-pool-worker-" + i, loops.get(i));
            }
            feeder = DaemonThreads.start("execnet4j-pool-items", () -> feed(items));
            started = true;
        } finally {
            if (!started) {
                window.close();
                loops.forEach(WorkerLoop::stop);
            }
        }
    }

    private void feed(Iterator<?> items) {
        try {
            boolean wanted = true;
            while (wanted && items.hasNext()) {
                wanted = window.put(items.next());
            }
            window.endInput(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            window.endInput(new ChannelInterruptedException("interrupted while reading the items", e));
        } catch (RuntimeException e) {
            window.endInput(e);
        } catch (Error e) {
            window.endInput(new IllegalStateException("reading the items failed", e));
        }
    }

    /**
     * Whether there is one more item; waits for the items' iterator to tell, not for the result.
     *
     * @return false after the last result, and when closed
     * @throws ChannelInterruptedException if the thread is interrupted
     */
    @Override
    public boolean hasNext() {
        return uninterrupted(() -> window.awaitNext(Deadline.NEVER));
    }

    /**
     * Whether there is one more item, as {@link #hasNext()}, if that is known in time.
     *
     * @param timeout how long to wait at most
     * @return false after the last result, and when closed
     * @throws execnet4j.error.ChannelTimeoutException if the items' iterator did not tell in time; it may be asked for again
     * @throws ChannelInterruptedException if the thread is interrupted
     */
    public boolean hasNext(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        return uninterrupted(() -> window.awaitNext(deadline));
    }

    /**
     * The next result; waits for it.
     *
     * @return a result, which may be a failure
     * @throws NoSuchElementException after the last one, and when closed
     * @throws ChannelInterruptedException if the thread is interrupted
     * @throws execnet4j.error.RemoteTaskException if the function cannot begin at any worker, as when its file is wrong
     * @throws RuntimeException what the items' iterator threw, after the results of all items before
     */
    @Override
    public TaskResult<R> next() {
        return typed(uninterrupted(() -> window.next(Deadline.NEVER)));
    }

    /**
     * The next result, if it comes in time.
     *
     * @param timeout how long to wait at most
     * @return a result, which may be a failure
     * @throws NoSuchElementException after the last one, and when closed
     * @throws execnet4j.error.ChannelTimeoutException if there is none in time; it may be asked for again
     * @throws ChannelInterruptedException if the thread is interrupted
     * @throws execnet4j.error.RemoteTaskException if the function cannot begin at any worker, as when its file is wrong
     * @throws RuntimeException what the items' iterator threw, after the results of all items before
     */
    public TaskResult<R> next(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        return typed(uninterrupted(() -> window.next(deadline)));
    }

    /**
     * Ends the work: no item is begun any more, and what the workers are busy with is not waited for. The gateways stay. To
     * be called also after the last result; a second call does nothing.
     */
    @Override
    public void close() {
        window.close();
        feeder.interrupt();
        loops.forEach(WorkerLoop::stop);
    }

    /** The worker's answers have no types; what the function declares is taken at its word. */
    @SuppressWarnings("unchecked")
    private TaskResult<R> typed(TaskResult<?> result) {
        return (TaskResult<R>) result;
    }

    private interface Wait<T> {
        T call() throws InterruptedException;
    }

    private static <T> T uninterrupted(Wait<T> wait) {
        try {
            return wait.call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted while waiting for a result of the pool");
        }
    }
}
