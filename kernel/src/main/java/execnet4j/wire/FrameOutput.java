package execnet4j.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Frames to bytes. One thread at a time, but for {@link #abort}. */
final class FrameOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    /** What stands before the body of a frame, at most. */
    private static final int START_BYTES = Frame.HEADER_BYTES + Envelope.LEAD_BYTES;

    /** So long a caller waits for room: as a rule the peer is just reading. */
    private static final long WAIT_NANOS = 1_000_000;

    private volatile ByteOutput out;
    /** What is to be written next; off the heap where the system writes from it without a copy of its own. */
    private ByteBuffer buffer;

    /** What is to be written after the buffer: of a frame for which there was no room. */
    private ByteBuffer rest = ByteBuffer.allocate(0);

    private volatile boolean aborted;

    FrameOutput(ByteOutput out) {
        this.out = out;
        this.buffer = newBuffer(out.isPollable());
    }

    private static ByteBuffer newBuffer(boolean direct) {
        return direct ? ByteBuffer.allocateDirect(BUFFER_BYTES) : ByteBuffer.allocate(BUFFER_BYTES);
    }

    /** Writes what there is, waiting as long as that takes, and goes on elsewhere; closes where it was. */
    void moveTo(ByteOutput next) throws IOException {
        flush();
        ByteOutput before = out;
        out = next;
        buffer = newBuffer(next.isPollable());
        before.close();
        requireNotAborted();
    }

    /** Whether {@link #writeNow} can be called. */
    boolean isPollable() {
        return out.isPollable();
    }

    /**
     * Writes a frame as far as there is room, and keeps a copy of the rest of it for {@link #writeRest}. Nothing may be left
     * from before.
     *
     * @return true if nothing is left
     */
    boolean writeNow(Frame frame) throws IOException {
        frame.encodeStart(buffer);
        byte[] body = frame.body();
        int at = 0;
        boolean ended = false;
        while (true) {
            int piece = Math.min(buffer.remaining(), body.length - at);
            buffer.put(body, at, piece);
            at += piece;
            if (!ended && at == body.length && buffer.hasRemaining()) {
                frame.encodeEnd(buffer);
                ended = true;
            }
            if (!push()) {
                rest = ended ? rest : remainder(frame, at);
                return false;
            }
            if (ended && buffer.position() == 0) {
                return true;
            }
        }
    }

    private void awaitRoom(int all) throws IOException {
        long began = System.nanoTime();
        while (buffer.remaining() == all && System.nanoTime() - began < WAIT_NANOS) {
            out.await(WAIT_NANOS);
            out.write(buffer);
        }
    }

    private static ByteBuffer remainder(Frame frame, int from) {
        byte[] body = frame.body();
        ByteBuffer left = ByteBuffer.wrap(Arrays.copyOfRange(body, from, body.length + (frame.isEnveloped() ? 1 : 0)));
        left.position(body.length - from);
        frame.encodeEnd(left);
        return left.rewind();
    }

    /** Writes some of the buffer; false if there is no room. */
    private boolean push() throws IOException {
        buffer.flip();
        try {
            int all = buffer.remaining();
            out.write(buffer);
            if (buffer.remaining() == all) {
                awaitRoom(all);
            }
            return buffer.remaining() < all;
        } finally {
            buffer.compact();
        }
    }

    /** Writes what {@link #writeNow} had no room for; waits as long as that takes. */
    void writeRest() throws IOException {
        writeAll(rest);
        rest = ByteBuffer.allocate(0);
    }

    /** Writes a frame, but for what is still in the buffer; waits as long as that takes. */
    void write(Frame frame) throws IOException {
        if (buffer.remaining() < START_BYTES) {
            flush();
        }
        frame.encodeStart(buffer);
        writeAll(ByteBuffer.wrap(frame.body()));
        if (!buffer.hasRemaining()) {
            flush();
        }
        frame.encodeEnd(buffer);
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        if (bytes.remaining() > buffer.remaining() && !out.isPollable()) {
            flush();
            out.write(bytes);
        }
        while (bytes.hasRemaining()) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int piece = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice().limit(piece));
            bytes.position(bytes.position() + piece);
        }
    }

    /** Writes what is in the buffer; waits as long as that takes. */
    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            int before = buffer.remaining();
            out.write(buffer);
            if (buffer.remaining() == before) {
                out.await(Long.MAX_VALUE);
                requireNotAborted();
            }
        }
        buffer.clear();
    }

    private void requireNotAborted() throws IOException {
        if (aborted) {
            throw new IOException("the connection was given up");
        }
    }

    /** Has a thread that waits for room fail. */
    void abort() {
        aborted = true;
        out.wake();
    }

    void close() throws IOException {
        out.close();
    }
}
