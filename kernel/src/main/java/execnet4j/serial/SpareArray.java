package execnet4j.serial;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One array that outlives the value it was grown for, lent to the next that outgrows its first few bytes: what is written
 * often then grows no array each time, and into one that the processor has near. Whoever comes while it is lent makes one of
 * his own. Any thread.
 */
final class SpareArray {
    /** A shorter one is not worth it. */
    private static final int LEAST = 1 << 9;

    /** A longer one is not kept. */
    private static final int MOST = 1 << 18;

    private static final AtomicReference<byte @Nullable []> SPARE = new AtomicReference<>();

    private SpareArray() {}

    /** The array, with anything in it, or null if it is lent or not that long. */
    static byte @Nullable [] take(long length) {
        byte[] spare = SPARE.get();
        return spare != null && spare.length >= length && SPARE.compareAndSet(spare, null) ? spare : null;
    }

    /** Leaves an array here that nobody uses any more; the longer one is kept. */
    static void leave(byte[] array) {
        byte[] spare = SPARE.get();
        if (array.length >= LEAST && array.length <= MOST && (spare == null || spare.length < array.length)) {
            SPARE.setRelease(array);
        }
    }
}
