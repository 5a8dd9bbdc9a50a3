package execnet4j.channel;

import execnet4j.concurrent.AdaptiveSpin;
import execnet4j.concurrent.Deadline;
import execnet4j.wire.ByteInput;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who reads from the peer: one thread at a time. As a rule it is a thread of its own, the keeper. On an input that can be
 * polled, a thread that waits for something may read meanwhile: then nothing has to be handed from one thread to another,
 * which costs more than all the rest of a round trip.
 *
 * <p>Such a thread can take the role only while nobody has it. So the keeper, once it has seen that somebody would have
 * liked the role, leaves it vacant after what it reads next; it takes it back when nobody has used it for a millisecond or
 * four, or at once when somebody waits without it. Whatever ends the reading is kept for the keeper, which ends the connection.
 */
final class ReaderRole {
    /** So long the role may be vacant. */
    private static final long VACANT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The same while threads come and go so fast that looking for them would cost one of them in fifty its time. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /** So many uses within one look are many. */
    private static final int MANY_USES = 32;

    /**
     * Who was seen with the role so often in a row, without giving it back, has it for long: only then the keeper sleeps,
     * because it has to be woken then, which costs whoever gives the role back more than these looks.
     */
    private static final int HELD_FOR_LONG = 2;

    /** Less than this at once is an answer rather than a part of a row. */
    private static final int FEW_BYTES = 1 << 10;

    /** So many frames are taken before those who wait for them are woken: who has several to take is woken once. */
    private static final int FRAMES_AT_ONCE = 256;

    /** What is done with each frame; the result, if any, is why no more are wanted. */
    interface FrameTaker {
        @Nullable
        String take(Frame frame) throws IOException;
    }

    private final ByteInput input;
    private final FrameReader frames;
    private final FrameTaker taker;
    private final Runnable onInput;

    private final AtomicReference<@Nullable Thread> holder = new AtomicReference<>();
    /** Threads that wait for what others read. */
    private final AtomicInteger others = new AtomicInteger();

    private volatile @Nullable Thread keeper;
    /** The keeper sleeps until it is woken, because another thread holds the role for long. */
    private volatile boolean asleep;
    /** Somebody could not have the role. */
    private volatile boolean wanted;
    /** Counts those who had the role, other than the keeper. */
    private final AtomicInteger uses = new AtomicInteger();

    private volatile boolean over;
    private volatile @Nullable String reason;
    private volatile @Nullable Throwable cause;

    /** The holder's. */
    private final AdaptiveSpin spin = new AdaptiveSpin();

    /** Where somebody is to be woken; the holder's. */
    private final List<Inbox> awaited = new ArrayList<>();

    /** The last time somebody looked, little or nothing was there; written by the holder. */
    private boolean few;

    /**
     * Reads once {@link #keep} runs.
     *
     * @param input from the peer
     * @param taker gets each frame; whoever has the role calls it
     * @param onInput is told that something has come, before its frames are taken
     */
    ReaderRole(ByteInput input, FrameTaker taker, Runnable onInput) {
        this.input = input;
        this.frames = new FrameReader(input, ChannelValues.BYTES_ENVELOPE);
        this.taker = taker;
        this.onInput = onInput;
    }

    /** The keeper's work: returns when there is nothing more to read, and then {@link #reason} or {@link #cause} says why. */
    void keep() {
        Thread self = Thread.currentThread();
        keeper = self;
        while (!over) {
            if (holder.compareAndSet(null, self)) {
                try {
                    readUntilWanted();
                } catch (Throwable e) {
                    end(null, e);
                } finally {
                    holder.set(null);
                }
            }
            leaveToOthers();
        }
    }

    /**
     * Reads, as the one who waits for something, if nobody else does.
     *
     * @param come whether it is there
     * @param deadline how long to wait for it
     * @return false if somebody else reads, and then nothing was waited for; true if it is there, the deadline has passed, the
     *     thread was interrupted, or it is time to look again
     */
    boolean readFor(BooleanSupplier come, Deadline deadline) {
        if (over || !input.isPollable()) {
            return false;
        }
        if (!holder.compareAndSet(null, Thread.currentThread())) {
            wanted = true;
            return false;
        }
        try {
            readUntil(come, deadline);
        } catch (Throwable e) {
            end(null, e);
        } finally {
            uses.incrementAndGet();
            holder.set(null);
            if (asleep || over || others.get() > 0) {
                LockSupport.unpark(keeper);
            }
        }
        return true;
    }

    /** So many more threads, or fewer, wait for what somebody else reads. */
    void othersWait(int more) {
        if (others.addAndGet(more) > 0 && more > 0 && holder.get() == null) {
            LockSupport.unpark(keeper);
        }
    }

    /** What a thread waits for may have come another way than off the wire. */
    void lookAgain() {
        Thread reading = holder.get();
        if (reading != null && reading != keeper && reading != Thread.currentThread()) {
            input.wake();
        }
    }

    /** Nothing more is to be read. */
    void stop() {
        over = true;
        input.wake();
        LockSupport.unpark(keeper);
    }

    /** Why reading ended, if there is a word for it. */
    @Nullable
    String reason() {
        return reason;
    }

    /** What ended the reading, if it was a failure. */
    @Nullable
    Throwable cause() {
        return cause;
    }

    private void readUntilWanted() throws IOException {
        while (!over) {
            int got = takeFrames();
            if (got == 0) {
                input.await(Long.MAX_VALUE);
            } else if (wanted && others.get() == 0) {
                wanted = false;
                return;
            }
        }
    }

    private void readUntil(BooleanSupplier come, Deadline deadline) throws IOException {
        spin.begin();
        // What is not there yet may just be made, by a process that needs this processor for it. On a single one, who
        // does not give way would find nothing; where there are others, it may have come meanwhile.
        boolean take = !few || spin.looksAgain() || !AdaptiveSpin.ALONE || deadline.hasPassed();
        while (!come.getAsBoolean() && !over) {
            if (take) {
                int got = takeFrames();
                few = got < FEW_BYTES;
                if (got != 0) {
                    continue;
                }
            }
            take = true;
            long left = deadline.remainingNanos();
            if (left <= 0 || Thread.currentThread().isInterrupted()) {
                break;
            }
            if (!spin.looksAgain()) {
                input.await(left);
            }
        }
        spin.end();
    }

    /** Takes what has come; the result is how many bytes that was, 0 for nothing, and less at the end. */
    private int takeFrames() throws IOException {
        int got = frames.take();
        if (got < 0) {
            end("the peer closed the connection", null);
        } else if (got > 0) {
            onInput.run();
            try {
                takeEach();
            } finally {
                wakeAwaited();
            }
        }
        return got;
    }

    private void takeEach() throws IOException {
        int taken = 0;
        for (Frame frame = frames.poll(); frame != null && !over; frame = frames.poll()) {
            String enough = taker.take(frame);
            if (enough != null) {
                end(enough, null);
            }
            if (++taken % FRAMES_AT_ONCE == 0) {
                wakeAwaited();
            }
        }
    }

    /** For whoever has the role: something has come that another thread waits for. */
    void wakeSoon(Inbox inbox) {
        awaited.add(inbox);
    }

    private void wakeAwaited() {
        for (Inbox each : awaited) {
            each.wake();
        }
        awaited.clear();
    }

    private void end(@Nullable String why, @Nullable Throwable failure) {
        reason = why;
        cause = failure;
        over = true;
    }

    /** Returns when the keeper should read. */
    private void leaveToOthers() {
        int seen = uses.get() - 1;
        int held = 0;
        while (!over && !isNeeded(seen)) {
            Thread reading = holder.get();
            held = reading != null && seen == uses.get() ? held + 1 : 0;
            if (reading != null && held >= HELD_FOR_LONG) {
                sleepWhile(reading);
            } else {
                int now = uses.get();
                boolean many = now - seen > MANY_USES;
                seen = now;
                LockSupport.parkNanos(this, many ? BUSY_NANOS : VACANT_NANOS);
            }
        }
    }

    private boolean isNeeded(int seen) {
        return holder.get() == null && (others.get() > 0 || seen == uses.get());
    }

    private void sleepWhile(Thread reading) {
        asleep = true;
        if (holder.get() == reading) {
            LockSupport.park(this);
        }
        asleep = false;
    }
}
