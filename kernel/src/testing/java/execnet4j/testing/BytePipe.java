package execnet4j.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A pipe in memory that behaves as one of the system: bounded, its ends are closed by themselves, a reader or writer that
 * waits is woken by the other end and not by an interrupt. A read that gets nothing for half a minute fails the test.
 */
public final class BytePipe {
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring;
    private final boolean patient;
    private int start;
    private int count;
    private boolean ended;
    private boolean broken;

    private BytePipe(int capacity, boolean patient) {
        this.ring = new byte[capacity];
        this.patient = patient;
    }

    /**
     * A pipe whose reader waits for ever.
     *
     * @param capacity bytes that are taken without a reader
     * @return the pipe
     */
    public static BytePipe of(int capacity) {
        return new BytePipe(capacity, true);
    }

    /**
     * A pipe whose reader fails if it waits long.
     *
     * @param capacity bytes that are taken without a reader
     * @return the pipe
     */
    public static BytePipe readByTest(int capacity) {
        return new BytePipe(capacity, false);
    }

    /** Breaks it: from now on reads and writes fail at both ends. */
    public void cut() {
        lock.lock();
        try {
            broken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether bytes wait to be read.
     *
     * @return their number
     */
    public int waiting() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The end to read from.
     *
     * @return closing it breaks the pipe
     */
    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, target.length);
                return take(target, offset, length);
            }

            @Override
            public void close() {
                cut();
            }
        };
    }

    /**
     * The end to write to.
     *
     * @return closing it is the end of the stream for the reader
     */
    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, source.length);
                for (int done = 0; done < length; ) {
                    done += put(source, offset + done, length - done);
                }
            }

            @Override
            public void close() {
                lock.lock();
                try {
                    ended = true;
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        };
    }

    private int take(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (count == 0) {
                requireWhole();
                if (ended) {
                    return -1;
                }
                if (patient) {
                    changed.awaitUninterruptibly();
                } else if (!awaitPatience()) {
                    throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " seconds");
                }
            }
            requireWhole();
            int taken = Math.min(Math.min(length, count), ring.length - start);
            System.arraycopy(ring, start, target, offset, taken);
            start = (start + taken) % ring.length;
            count -= taken;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] source, int offset, int length) throws IOException {
        lock.lock();
        try {
            while (count == ring.length) {
                requireWhole();
                changed.awaitUninterruptibly();
            }
            requireWhole();
            if (ended) {
                throw new IOException("written after close");
            }
            int at = (start + count) % ring.length;
            int put = Math.min(Math.min(length, ring.length - count), ring.length - at);
            System.arraycopy(source, offset, ring, at, put);
            count += put;
            changed.signalAll();
            return put;
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its caller loops
    private boolean awaitPatience() {
        try {
            return changed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private void requireWhole() throws IOException {
        if (broken) {
            throw new IOException("broken pipe");
        }
    }
}
