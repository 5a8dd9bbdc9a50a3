package execnet4j.wire;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of a connection's output. Others put frames into its queue and never touch the stream, so that a peer
 * that has stopped reading holds this object's thread and nobody else. Frames leave whole and in the order they came;
 * those that wait together go out in one write, and a lone one goes at once.
 */
public final class FrameWriter implements Runnable {
    /** While more bytes than this wait, {@link #put} waits too. */
    public static final int ROOM_BYTES = 1 << 20;

    /** Frames that may not wait ({@link #offer}) may pile up this high; a peer that lets them is not reading at all. */
    public static final int PILE_BYTES = 1 << 26;

    private static final int BUFFER_BYTES = 1 << 16;

    private enum State {
        OPEN,
        FINISHING,
        CLOSED
    }

    private final OutputStream out;
    private final Trace trace;
    /** Made beforehand, for when there is none to make it. */
    private final IOException noMemory = new IOException("the writer had no memory left");

    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;

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
    private State state = State.OPEN;

    @GuardedBy("lock")
    private @Nullable IOException failure;

    /**
     * Writes to a stream once {@link #run} runs.
     *
     * @param out the stream; needs no buffering of its own, is closed at the end
     * @param trace is told of each frame that is written
     */
    public FrameWriter(OutputStream out, Trace trace) {
        this.out = out;
        this.trace = trace;
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
            enqueue(frame);
            return true;
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
            state = State.CLOSED;
            queue.clear();
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
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
        try {
            for (ArrayDeque<Frame> batch = take(); batch != null; batch = take()) {
                long written = 0;
                for (Frame frame : batch) {
                    trace.sent(frame);
                    write(frame);
                    written += frame.encodedLength();
                }
                flush();
                written(batch, written);
            }
            out.close();
            closed(null);
        } catch (IOException e) {
            closed(e);
        } catch (RuntimeException | Error e) {
            // A fault of the stream or the trace: whoever waits for this thread must learn that it is gone.
            closed(fault(e));
        }
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
        work.signal();
    }

    /** All that waits, or null when there will be nothing more. */
    private @Nullable ArrayDeque<Frame> take() throws IOException {
        lock.lock();
        try {
            while (queue.isEmpty()) {
                if (state != State.OPEN) {
                    return null;
                }
                work.awaitUninterruptibly();
            }
            ArrayDeque<Frame> batch = queue;
            queue = spare;
            takenPile = piledBytes;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void written(ArrayDeque<Frame> batch, long bytes) {
        batch.clear();
        lock.lock();
        try {
            spare = batch;
            queuedBytes -= bytes;
            piledBytes -= takenPile;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void closed(@Nullable IOException cause) {
        lock.lock();
        try {
            state = State.CLOSED;
            failure = cause;
            queue.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void write(Frame frame) throws IOException {
        if (buffered + Frame.HEADER_BYTES > BUFFER_BYTES) {
            flush();
        }
        frame.encodeHeader(buffer, buffered);
        buffered += Frame.HEADER_BYTES;
        byte[] payload = frame.payload();
        if (buffered + payload.length > BUFFER_BYTES) {
            flush();
        }
        if (payload.length > BUFFER_BYTES) {
            out.write(payload);
        } else {
            System.arraycopy(payload, 0, buffer, buffered, payload.length);
            buffered += payload.length;
        }
    }

    private void flush() throws IOException {
        if (buffered > 0) {
            out.write(buffer, 0, buffered);
            buffered = 0;
        }
        out.flush();
    }
}
