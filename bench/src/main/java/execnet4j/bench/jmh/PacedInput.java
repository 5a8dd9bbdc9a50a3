package execnet4j.bench.jmh;

import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The same bytes again and again, as far as they were released. */
final class PacedInput extends InputStream {
    private final EndlessInput source;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long released;

    PacedInput(byte[] round) {
        source = new EndlessInput(round);
    }

    void release(long bytes) {
        lock.lock();
        try {
            released += bytes;
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        lock.lock();
        try {
            while (released == 0) {
                more.awaitUninterruptibly();
            }
            int count = source.read(target, offset, (int) Math.min(length, released));
            released -= count;
            return count;
        } finally {
            lock.unlock();
        }
    }
}
