package execnet4j.channel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.Deadline;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a channel: how many encoded bytes the other side has room for, and whether it takes any. A send may
 * start while there is any credit, however large its item is; the credit is then negative until that was taken.
 */
final class SendCredit implements BooleanSupplier {
    /** Far more than anybody sends, and far from an overflow. */
    static final long UNLIMITED = Long.MAX_VALUE / 2;

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable Condition changed;

    @GuardedBy("lock")
    private long credit;

    /** Written under the lock. */
    private volatile @Nullable Ending closed;

    @GuardedBy("lock")
    private @Nullable Ending noMore;

    SendCredit(Channel channel, long credit) {
        this.channel = channel;
        this.credit = credit;
    }

    /** Waits for credit and takes it. */
    void take(int bytes, Deadline deadline) {
        Waits.refuseInterrupted(channel, "send");
        lock.lock();
        try {
            while (closed == null && credit <= 0) {
                if (noMore != null) {
                    throw noMore.toException(channel);
                }
                if (changed == null) {
                    changed = lock.newCondition();
                }
                awaitCredit(changed, deadline);
            }
            requireOpen();
            credit -= bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Credit comes off the wire, so somebody must read. */
    @GuardedBy("lock")
    private void awaitCredit(Condition change, Deadline deadline) {
        ReaderRole reader = channel.connection().reader();
        reader.othersWait(1);
        try {
            Waits.await(change, deadline, channel, "send: the other side has too much unread");
        } finally {
            reader.othersWait(-1);
        }
    }

    /** Whether anything can still be sent: so long a frame that waits for room is wanted. Takes no lock. */
    @Override
    public boolean getAsBoolean() {
        return closed == null;
    }

    /** Throws what a send gets once nothing can be sent any more. */
    void requireOpen() {
        Ending why = closed;
        if (why != null) {
            throw why.refusesSending(channel);
        }
    }

    /** More may be sent, or what was taken was not sent. */
    void give(long bytes) {
        lock.lock();
        try {
            credit = Math.min(credit + bytes, UNLIMITED);
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing can be sent any more. */
    void close(Ending why) {
        lock.lock();
        try {
            closed = why;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** What credit is left may be used, but none will come. */
    void noMoreComes(Ending why) {
        lock.lock();
        try {
            noMore = why;
            signal();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void signal() {
        if (changed != null) {
            changed.signalAll();
        }
    }
}
