package execnet4j.wire;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.AdaptiveSpin;
import execnet4j.concurrent.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of a connection's output. Frames leave whole and in the order they came; those that wait together go out
 * in one write, and a lone one goes at once.
 *
 * <p>One thread at a time writes: as a rule this object's own, so that a peer that has stopped reading holds that one and
 * nobody else. Where writing never waits (a socket), a caller writes its frame itself if nothing else is to be written,
 * which saves the change of threads; what the socket has no room for is left to the writing thread. Who sends one frame
 * after the other without an answer is better served by the queue, and gets that from the second frame on.
 */
public final class FrameWriter implements Runnable {
    /** While more bytes than this wait, {@link #put} waits too. */
    public static final int ROOM_BYTES = 1 << 20;

    /** Frames that may not wait ({@link #offer}) may pile up this high; a peer that lets them is not reading at all. */
    public static final int PILE_BYTES = 1 << 26;

    /** Frames that follow one another faster than this, with nothing received between, are better written together. */
    private static final long LULL_NANOS = 50_000;

    /** A frame of this length is not made better by others in the same write. */
    private static final int LARGE_BYTES = 1 << 14;

    /** So long a large frame waits for its turn before it is copied into the queue. */
    private static final long TURN_NANOS = 1_000_000;

    private enum State {
        OPEN,
        FINISHING,
        CLOSED
    }

    /** Who writes; only they touch the output and the buffer. */
    private enum Turn {
        NOBODY,
        A_CALLER,
        THE_THREAD
    }

    private final FrameOutput out;
    private final Trace trace;
    /** Made beforehand, for when there is none to make it. */
    private final IOException noMemory = new IOException("the writer had no memory left");

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();

    @GuardedBy("lock")
    private ArrayDeque<Frame> queue = new ArrayDeque<>();

    @GuardedBy("lock")
    private ArrayDeque<Frame> spare = new ArrayDeque<>();

    @GuardedBy("lock")
    private long queuedBytes;

    /** Of the queued bytes those of frames that did not wait for room. */
    @GuardedBy("lock")
    private long piledBytes;

    /** Of the piled bytes those that the writing thread has taken. */
    @GuardedBy("lock")
    private long takenPile;

    @GuardedBy("lock")
    private Turn turn = Turn.NOBODY;

    @GuardedBy("lock")
    private long lastTurn = System.nanoTime() - LULL_NANOS;

    @GuardedBy("lock")
    private State state = State.OPEN;

    @GuardedBy("lock")
    private @Nullable IOException failure;

    /** Something has come since a caller wrote. */
    private volatile boolean answered;

    /** Where the writing thread goes on after {@link #lastHere}. */
    private final AtomicReference<@Nullable ByteOutput> elsewhere = new AtomicReference<>();

    private volatile @Nullable Frame lastHere;

    /** There is something to take; a look without the lock. */
    private volatile boolean waiting;

    /** The writing thread's. */
    private final AdaptiveSpin spin = new AdaptiveSpin();

    /** The writing thread will see that something waits without being woken. */
    private volatile boolean looking;

    /**
     * Writes to a peer; what its callers do not write, {@link #run} does.
     *
     * @param out what goes to the peer; is closed at the end
     * @param trace is told of each frame that is written
     */
    public FrameWriter(ByteOutput out, Trace trace) {
        this.out = new FrameOutput(out);
        this.trace = trace;
    }

    /**
     * Writes to a stream once {@link #run} runs.
     *
     * @param out the stream; needs no buffering of its own, is closed at the end
     * @param trace is told of each frame that is written
     */
    public FrameWriter(OutputStream out, Trace trace) {
        this(new StreamOutput(out), trace);
    }

    /** Something has come from the peer: the next frame is no one of a row. */
    public void answered() {
        answered = true;
    }

    /**
     * Queues a frame, waiting while {@value #ROOM_BYTES} bytes or more wait to be written.
     *
     * @param frame the frame
     * @param deadline how long to wait for room
     * @return false if the deadline passed, and then the frame was not queued
     * @throws InterruptedException if interrupted while waiting; the frame was not queued
     * @throws IOException if the writer was finished, aborted or has failed
     */
    public boolean put(Frame frame, Deadline deadline) throws InterruptedException, IOException {
        return put(frame, deadline, () -> true);
    }

    /**
     * As {@link #put(Frame, Deadline)}, and only as long as the frame is wanted. A frame that is queued was wanted at a
     * moment between which and its place in the queue no other frame came.
     *
     * @param frame the frame
     * @param deadline how long to wait for room
     * @param wanted is asked again after {@link #reconsider}; with a lock held, so it only reads a variable
     * @return false if it is not wanted or the deadline passed, and then the frame was not queued
     * @throws InterruptedException if interrupted while waiting; the frame was not queued
     * @throws IOException if the writer was finished, aborted or has failed
     */
    public boolean put(Frame frame, Deadline deadline, BooleanSupplier wanted)
            throws InterruptedException, IOException {
        Frame queued = frame;
        boolean hasWaited = false;
        while (true) {
            lock.lockInterruptibly();
            try {
                requireOpen();
                while (wanted.getAsBoolean() && queuedBytes >= ROOM_BYTES) {
                    long left = deadline.remainingNanos();
                    if (left <= 0) {
                        return false;
                    }
                    room.awaitNanos(left);
                    requireOpen();
                }
                if (!wanted.getAsBoolean()) {
                    return false;
                }
                if (takesTurn(queued)) {
                    break;
                }
                if (!queued.isEnveloped()) {
                    enqueue(queued);
                    return true;
                }
                if (out.isPollable() && !hasWaited && queued.encodedLength() >= LARGE_BYTES) {
                    // Sooner than copied it is written, as soon as what the writing thread has in hand has gone.
                    hasWaited = true;
                    room.awaitNanos(Math.min(TURN_NANOS, deadline.remainingNanos()));
                    continue;
                }
            } finally {
                lock.unlock();
            }
            // What waits must not change any more; that is not copied with the lock held.
            queued = frame.owned();
        }
        writeHere(queued);
        return true;
    }

    /** Whether the caller is to write the frame. */
    @GuardedBy("lock")
    private boolean takesTurn(Frame frame) {
        if (!out.isPollable() || turn != Turn.NOBODY || waiting) {
            return false;
        }
        long now = System.nanoTime();
        boolean alone = answered || now - lastTurn > LULL_NANOS || frame.encodedLength() >= LARGE_BYTES;
        lastTurn = now;
        answered = false;
        if (alone) {
            turn = Turn.A_CALLER;
        }
        return alone;
    }

    /** What there is no room for is left to the writing thread. */
    private void writeHere(Frame frame) throws IOException {
        IOException broken = null;
        boolean all = true;
        try {
            trace.sent(frame);
            all = out.writeNow(frame);
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException | Error e) {
            broken = fault(e);
        }
        lock.lock();
        try {
            turn = Turn.NOBODY;
            if (broken != null) {
                failure = broken;
                close();
                throw new IOException(broken.getMessage(), broken);
            }
            if (!all && state != State.CLOSED) {
                waiting = true;
            }
            if (waiting || state != State.OPEN) {
                work.signal();
            }
            // Another large frame may wait for the turn.
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has everybody who waits for room ask again whether the frame is wanted. */
    public void reconsider() {
        lock.lock();
        try {
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues a frame without ever waiting, for what a reader thread or a closing has to say.
     *
     * @param frame the frame
     * @throws IOException if the writer was finished, aborted or has failed, or the peer let {@value #PILE_BYTES} bytes
     *     pile up
     */
    public void offer(Frame frame) throws IOException {
        lock.lock();
        try {
            requireOpen();
            // A large item before it is no sign of a peer that does not read.
            if (piledBytes >= PILE_BYTES) {
                throw new WireException("the peer is not reading: " + queuedBytes + " bytes wait to be written to it");
            }
            piledBytes += frame.encodedLength();
            enqueue(frame);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a frame waits that nobody has begun to write. A look without the lock.
     *
     * @return as of just now
     */
    public boolean isAnyWaiting() {
        return waiting;
    }

    /**
     * Has what is queued from now on go elsewhere. Does not wait. Once in a writer's life.
     *
     * @param last the last frame that goes where all went before, which is then closed
     * @param next takes the place of that
     * @throws IOException if the writer was finished, aborted or has failed; then nothing is changed
     */
    public void move(Frame last, ByteOutput next) throws IOException {
        lock.lock();
        try {
            requireOpen();
            elsewhere.set(next);
            lastHere = last;
            enqueue(last);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the queued frames be written, then closes the stream; nothing more can be queued. Does not wait. */
    public void finish() {
        lock.lock();
        try {
            if (state == State.OPEN) {
                state = State.FINISHING;
            }
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what is queued and wakes everybody. A write that is under way ends when the stream does. */
    public void abort() {
        lock.lock();
        try {
            close();
        } finally {
            lock.unlock();
        }
        out.abort();
    }

    /**
     * Waits until all that was queued has been written, or cannot be any more.
     *
     * @param deadline how long to wait
     * @return false if the deadline passed first
     * @throws InterruptedException if interrupted
     */
    public boolean awaitClosed(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state != State.CLOSED) {
                long left = deadline.remainingNanos();
                if (left <= 0) {
                    return false;
                }
                room.await(Math.min(left, TimeUnit.HOURS.toNanos(1)), TimeUnit.NANOSECONDS);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Why writing failed.
     *
     * @return null if it did not
     */
    public @Nullable IOException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** The writing thread's work: returns when finished, aborted or failed. */
    @Override
    public void run() {
        IOException broken = null;
        try {
            for (ArrayDeque<Frame> batch = take(); batch != null; batch = take()) {
                long written = 0;
                out.writeRest();
                for (Frame frame : batch) {
                    trace.sent(frame);
                    out.write(frame);
                    written += frame.encodedLength();
                    if (frame == lastHere) {
                        out.moveTo(Objects.requireNonNull(elsewhere.getAndSet(null)));
                    }
                }
                out.flush();
                written(batch, written);
            }
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException | Error e) {
            // A fault of the output or the trace: whoever waits for this thread must learn that it is gone.
            broken = fault(e);
        }
        try {
            out.close();
            ByteOutput unreached = elsewhere.getAndSet(null);
            if (unreached != null) {
                unreached.close();
            }
        } catch (IOException e) {
            broken = broken == null ? e : broken;
        }
        closed(broken);
    }

    private IOException fault(Throwable e) {
        try {
            return new IOException("the writer failed: " + e, e);
        } catch (OutOfMemoryError none) {
            return noMemory;
        }
    }

    @GuardedBy("lock")
    private void requireOpen() throws IOException {
        if (state != State.OPEN) {
            throw failure != null
                    ? new IOException(failure.getMessage(), failure)
                    : new IOException("closed for sending");
        }
    }

    @GuardedBy("lock")
    private void enqueue(Frame frame) {
        queue.add(frame);
        queuedBytes += frame.encodedLength();
        waiting = true;
        if (turn == Turn.NOBODY && !looking) {
            work.signal();
        }
    }

    /** All that waits, or null when there will be nothing more. */
    private @Nullable ArrayDeque<Frame> take() throws IOException {
        lock.lock();
        try {
            while (turn == Turn.A_CALLER || !waiting) {
                if (state != State.OPEN && turn != Turn.A_CALLER) {
                    return null;
                }
                work.awaitUninterruptibly();
            }
            turn = Turn.THE_THREAD;
            ArrayDeque<Frame> batch = queue;
            queue = spare;
            takenPile = piledBytes;
            waiting = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * After several frames together the next are often just coming; to be woken for them costs both sides more than to
     * look a few times. Not the writing thread's turn: a caller may write meanwhile.
     */
    private void linger() {
        looking = true;
        spin.begin();
        while (!waiting && spin.looksAgain()) {}
        spin.end();
        looking = false;
    }

    private void written(ArrayDeque<Frame> batch, long bytes) {
        boolean row = batch.size() > 1;
        batch.clear();
        lock.lock();
        try {
            turn = Turn.NOBODY;
            lastTurn = System.nanoTime();
            spare = batch;
            queuedBytes -= bytes;
            piledBytes -= takenPile;
            room.signalAll();
        } finally {
            lock.unlock();
        }
        if (row && out.isPollable()) {
            linger();
        }
    }

    private void closed(@Nullable IOException cause) {
        lock.lock();
        try {
            turn = Turn.NOBODY;
            if (failure == null) {
                failure = cause;
            }
            close();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void close() {
        state = State.CLOSED;
        queue.clear();
        waiting = false;
        work.signal();
        room.signalAll();
    }
}
