package execnet4j.channel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a gateway lends its channels beyond their own windows, in encoded bytes. A channel that is not read can use it
 * up; every other channel then still has its window.
 */
final class ByteBudget {
    private static final int PLENTY = 8;

    private final AtomicLong left;

    ByteBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes so many bytes, or none if they are not there. */
    boolean tryLend(long bytes) {
        long seen = left.get();
        while (seen >= bytes) {
            if (left.compareAndSet(seen, seen - bytes)) {
                return true;
            }
            seen = left.get();
        }
        return false;
    }

    /** Takes so many bytes if there are far more, so that there is enough left for what has come. */
    boolean tryLendOfPlenty(long bytes) {
        return left.get() >= PLENTY * bytes && tryLend(bytes);
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
