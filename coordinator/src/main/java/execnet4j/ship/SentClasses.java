package execnet4j.ship;

import execnet4j.protocol.TaskOrder;
import execnet4j.serial.ChannelResolver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which code one gateway's worker has already. Safe for threads. */
public final class SentClasses {
    private final Set<String> hashes = ConcurrentHashMap.newKeySet();

    /** For a worker that has nothing yet. */
    public SentClasses() {}

    /**
     * A task as an EXEC payload, with only the code that the worker has not got.
     *
     * @param task the task
     * @param channels for channels among its arguments
     * @return the payload; tell it when it is on its way
     * @throws execnet4j.error.DumpException if an argument cannot be sent
     */
    public Order order(PreparedTask task, ChannelResolver channels) {
        Map<String, byte[]> missing = new LinkedHashMap<>(task.kept().code());
        missing.keySet().removeAll(hashes);
        TaskOrder order = new TaskOrder(task.kept().classes(), missing, task.once(), task.entry(), task.shape());
        return new Order(order.toPayload(channels), Set.copyOf(missing.keySet()));
    }

    /** An EXEC payload of which is known what code it brings. */
    public final class Order {
        private final byte[] payload;
        private final Set<String> brings;

        private Order(byte[] payload, Set<String> brings) {
            this.payload = payload;
            this.brings = brings;
        }

        /**
         * The payload.
         *
         * @return the array itself
         */
        public byte[] payload() {
            return payload;
        }

        /**
         * To be called once the frame is queued or written, so that every frame queued from now on comes after it: later
         * orders leave out the code that this one brings. Two orders made at the same time both bring it, which is harmless.
         */
        public void sent() {
            hashes.addAll(brings);
        }
    }
}
