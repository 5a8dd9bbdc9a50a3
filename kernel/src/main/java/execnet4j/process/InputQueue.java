package execnet4j.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.link.PartKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client has sent for a process and the process has not taken: at most {@link PartKind#WINDOW} bytes, so that who
 * reads from the client never has to wait for the process, and hears at once if that is to be killed.
 */
final class InputQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<byte[]> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int bytes;

    @GuardedBy("lock")
    private boolean ended;

    /** Is told how much the process has taken. */
    interface Taken {
        void bytes(int number) throws IOException;
    }

    /** Does not wait; throws if the client has sent more than it may. */
    void add(byte[] content) throws ProtocolException {
        lock.lock();
        try {
            if (content.length > PartKind.WINDOW - bytes) {
                throw new ProtocolException("more than " + PartKind.WINDOW + " bytes of input were sent ahead");
            }
            if (!ended && content.length > 0) {
                waiting.add(content);
                bytes += content.length;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** After what is waiting nothing follows. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Hands on what there is until the end, and closes the process's input then, or when the process does not take it. */
    void carry(OutputStream process, Taken taken) {
        try (process) {
            for (byte[] next = next(); next.length > 0; next = next()) {
                process.write(next);
                process.flush();
                lock.lock();
                try {
                    bytes -= next.length;
                } finally {
                    lock.unlock();
                }
                taken.bytes(next.length);
            }
        } catch (IOException e) {
            // The process, or the client, is gone, as others notice.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty at the end. */
    private byte[] next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.await();
            }
            byte[] next = waiting.poll();
            return next == null ? new byte[0] : next;
        } finally {
            lock.unlock();
        }
    }
}
