package execnet4j.channel;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.Deadline;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a channel: what has come, who takes it, and why no more comes.
 *
 * <p>One lock guards all of it. Nothing is called out to while it is held; the condition is made only when somebody
 * waits, so that an idle channel stays small.
 */
final class Inbox {
    private final Channel channel;
    private final ReaderRole reader;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable Condition changed;

    /** Threads that wait for a change that has not come. */
    @GuardedBy("lock")
    private int waiting;

    /** Changes that somebody waited for. */
    @GuardedBy("lock")
    private int signals;

    @GuardedBy("lock")
    private final ArrayDeque<Item> items = new ArrayDeque<>(1);

    @GuardedBy("lock")
    private final ReceiveWindow window;

    @GuardedBy("lock")
    private @Nullable Ending ending;

    @GuardedBy("lock")
    private boolean endingTold;

    /** The reader will {@link #wake} who waits. */
    @GuardedBy("lock")
    private boolean wakeDue;

    @GuardedBy("lock")
    private @Nullable ItemConsumer consumer;

    Inbox(Channel channel, ReceiveWindow window) {
        this.channel = channel;
        this.reader = channel.connection().reader();
        this.window = window;
    }

    /** Waits for the next item; {@link Item#END} where the stream has ended in the ordinary way, other ends are thrown. */
    Item take(Deadline deadline) {
        Waits.refuseInterrupted(channel, "receive");
        Item item = takeNow(false, deadline);
        while (item == null) {
            boolean haveRead = reader.readFor(this::hasNext, deadline);
            item = takeNow(!haveRead, deadline);
            if (item == null) {
                Waits.goOn(deadline, channel, "receive");
            }
        }
        return item;
    }

    /** The next item or the end; if neither is there, null, once something has changed if that is to be waited for. */
    private @Nullable Item takeNow(boolean waiting, Deadline deadline) {
        long credit;
        Item item;
        lock.lock();
        try {
            if (consumer != null) {
                throw new IllegalStateException(
                        channel + ": its items go to a callback or a queue; they cannot be received as well");
            }
            item = items.poll();
            if (item == null && ending == null && waiting) {
                await(deadline, "receive");
                // It may have come in time although the time is over by now.
                item = items.poll();
            }
            if (item == null) {
                if (ending != null) {
                    throwUnlessQuiet(ending);
                    return Item.END;
                }
                return null;
            }
            credit = window.taken(item);
        } finally {
            lock.unlock();
        }
        channel.announceCredit(credit);
        return item;
    }

    /** Waits for the end, and for a consumer to have dealt with everything; throws an error nobody has been told. */
    void awaitEnd(Deadline deadline) {
        Waits.refuseInterrupted(channel, "waitClose");
        lock.lock();
        try {
            if (consumer != null && consumer.isBusyHere()) {
                throw new IllegalStateException(channel + ": waitClose within its own callback would wait for itself");
            }
            while (ending == null || (consumer != null && !consumer.isFinished())) {
                await(deadline, "waitClose");
            }
            throwUnlessQuiet(ending);
        } finally {
            lock.unlock();
        }
    }

    /** Reader thread: an item has come; false if it may not have, and then it was refused. */
    boolean deliver(Item item) {
        long credit;
        ItemConsumer taker;
        boolean wake;
        lock.lock();
        try {
            if (ending != null) {
                return true;
            }
            if (!window.mayArrive()) {
                return false;
            }
            credit = window.arrived(item);
            items.add(item);
            taker = consumer;
            wake = waiting > 0 && !wakeDue;
            wakeDue |= wake;
        } finally {
            lock.unlock();
        }
        if (wake) {
            reader.wakeSoon(this);
        }
        channel.announceCredit(credit);
        if (taker != null) {
            taker.available(1, false);
        }
        return true;
    }

    /** Reader thread: items have come, and no more do right now. */
    void wake() {
        lock.lock();
        try {
            wakeDue = false;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** No more items come; the first reason stays, unless it was an ordinary one and now there is an error. */
    void end(Ending why) {
        ItemConsumer taker;
        lock.lock();
        try {
            if (ending != null && !(ending instanceof Ending.Closed && why instanceof Ending.Failed)) {
                return;
            }
            taker = ending == null ? consumer : null;
            ending = why;
            window.noMoreArrive();
            signal();
        } finally {
            lock.unlock();
        }
        reader.lookAgain();
        if (taker != null) {
            taker.available(1, true);
        }
    }

    /** Hands the items over to a consumer, those that wait first; it is told of them at once. */
    void consumer(ItemConsumer taker) {
        int waiting;
        boolean ended;
        lock.lock();
        try {
            if (consumer != null) {
                throw new IllegalStateException(channel + ": a callback or a queue takes its items already");
            }
            consumer = taker;
            waiting = items.size();
            ended = ending != null;
        } finally {
            lock.unlock();
        }
        if (waiting > 0 || ended) {
            taker.available(waiting + (ended ? 1 : 0), ended);
        }
    }

    boolean hasConsumer() {
        lock.lock();
        try {
            return consumer != null;
        } finally {
            lock.unlock();
        }
    }

    /** A consumer's next item, {@link Item#END} after the last, null if nothing is there yet. */
    @Nullable
    Item next() {
        lock.lock();
        try {
            Item item = items.poll();
            return item == null && ending != null ? Item.END : item;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #next} would give something. */
    boolean hasNext() {
        lock.lock();
        try {
            return !items.isEmpty() || ending != null;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody is done with an item: its bytes may be sent again. */
    void taken(Item item) {
        long credit;
        lock.lock();
        try {
            credit = window.taken(item);
        } finally {
            lock.unlock();
        }
        channel.announceCredit(credit);
    }

    /** A callback failed: it gets no more items, and that is why the channel ends if nothing else was before. */
    void dropItems(Ending.CallbackFailed why) {
        lock.lock();
        try {
            for (Item rest = items.poll(); rest != null; rest = items.poll()) {
                window.taken(rest);
            }
            if (ending instanceof Ending.Closed) {
                ending = why;
            }
        } finally {
            lock.unlock();
        }
    }

    /** A consumer is finished; whoever waits for that looks again. */
    void consumerFinished() {
        lock.lock();
        try {
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Why no more items come; only for whoever has seen the end. */
    Ending ending() {
        lock.lock();
        try {
            return Objects.requireNonNull(ending);
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that wait to be taken. */
    long waitingBytes() {
        lock.lock();
        try {
            return window.waiting();
        } finally {
            lock.unlock();
        }
    }

    /** What is to be returned to the budget when the channel is garbage; null if nothing is. */
    @Nullable
    ReceiveWindow unreturned() {
        lock.lock();
        try {
            return window.isEmpty() ? null : window;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void throwUnlessQuiet(Ending why) {
        if (why instanceof Ending.Closed || endingTold) {
            return;
        }
        endingTold = why.isToldOnce();
        throw why.toException(channel);
    }

    /** Waits once for a change of any kind, which somebody else must read off the wire. */
    @GuardedBy("lock")
    private void await(Deadline deadline, String what) {
        if (changed == null) {
            changed = lock.newCondition();
        }
        int before = signals;
        waiting++;
        reader.othersWait(1);
        try {
            Waits.await(changed, deadline, channel, what);
        } finally {
            if (before == signals) {
                waiting--;
                reader.othersWait(-1);
            }
        }
    }

    @GuardedBy("lock")
    private void signal() {
        if (changed != null && waiting > 0) {
            signals++;
            reader.othersWait(-waiting);
            waiting = 0;
            changed.signalAll();
        }
    }
}
