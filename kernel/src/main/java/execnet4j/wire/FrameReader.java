package execnet4j.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames off what comes from a peer. Reads in large pieces, so that many small frames cost one system call, and
 * copies each payload once, to where it stays. What has come of a frame is kept here until the rest does, whichever thread
 * reads that. One thread at a time.
 */
public final class FrameReader {
    /** The longest payload that is taken, in bytes. */
    public static final int MAX_PAYLOAD = 1 << 30;

    private static final int BUFFER_BYTES = 1 << 16;
    /** A claimed length up to this is allocated at once; beyond it the array grows with what has really come. */
    private static final int TRUSTED_BYTES = 1 << 24;

    private final ByteInput in;
    private final @Nullable Envelope envelope;
    /** What came and belongs to no array yet; off the heap where the system reads into it without a copy of its own. */
    private ByteBuffer buffer;

    /** Of the frame that is not there whole; no body while its start is not. */
    private byte type;

    private int channelId;
    private int bodyLength;
    /** The one that this frame is in. */
    private @Nullable Envelope around;

    private byte @Nullable [] body;
    private int filled;

    /**
     * Reads from a peer.
     *
     * @param in what comes from it
     * @param envelope what stands around arrays that are to come as one, null if all payloads are to come as they are
     */
    public FrameReader(ByteInput in, @Nullable Envelope envelope) {
        this.in = in;
        this.envelope = envelope;
        this.buffer = newBuffer(in.isPollable());
    }

    private static ByteBuffer newBuffer(boolean direct) {
        return (direct ? ByteBuffer.allocateDirect(BUFFER_BYTES) : ByteBuffer.allocate(BUFFER_BYTES)).limit(0);
    }

    /**
     * Reads from a stream.
     *
     * @param in the stream; needs no buffering of its own
     */
    public FrameReader(InputStream in) {
        this(new StreamInput(in), null);
    }

    /**
     * The next frame; waits until it is there whole.
     *
     * @return null at the end
     * @throws EOFException if the end comes within a frame
     * @throws WireException if the length is impossible; nothing was allocated for it
     * @throws IOException if reading fails
     */
    public @Nullable Frame read() throws IOException {
        Frame frame = poll();
        while (frame == null) {
            int got = take();
            if (got < 0) {
                return null;
            }
            if (got == 0) {
                in.await(Long.MAX_VALUE);
            }
            frame = poll();
        }
        return frame;
    }

    /**
     * The next frame that has been taken whole.
     *
     * @return null if there is none
     * @throws WireException if the length is impossible; nothing was allocated for it
     */
    public @Nullable Frame poll() throws WireException {
        byte[] target = body;
        if (target == null) {
            if (!begin()) {
                return null;
            }
            target = new byte[Math.min(bodyLength, TRUSTED_BYTES)];
            filled = 0;
        }
        while (filled < bodyLength && buffer.hasRemaining()) {
            target = roomier(target);
            int ready = Math.min(target.length - filled, buffer.remaining());
            buffer.get(target, filled, ready);
            filled += ready;
        }
        if (filled < bodyLength || (around != null && !buffer.hasRemaining())) {
            body = target;
            return null;
        }
        body = null;
        return around == null ? new Frame(type, channelId, target) : unwrapped(target, around);
    }

    /**
     * Takes what has come; if the input is not pollable, waits until something has. To be called when {@link #poll} has no
     * more.
     *
     * @return how many bytes came, 0 if nothing has, -1 at the end
     * @throws EOFException if the end comes within a frame
     * @throws IOException if reading fails
     */
    public int take() throws IOException {
        byte[] target = body;
        int got;
        if (target != null && filled < bodyLength && !in.isPollable()) {
            target = roomier(target);
            body = target;
            got = in.read(ByteBuffer.wrap(target, filled, target.length - filled));
            filled += Math.max(0, got);
        } else {
            if (in.isPollable() && !buffer.isDirect() && !buffer.hasRemaining()) {
                // It was not when this began.
                buffer = newBuffer(true);
            }
            buffer.compact();
            got = in.read(buffer);
            buffer.flip();
        }
        if (got < 0) {
            requireNothingBegun();
        }
        return got;
    }

    /** As large as before, or larger if it is full. */
    private byte[] roomier(byte[] target) {
        return filled < target.length ? target : Arrays.copyOf(target, (int) Math.min(bodyLength, 2L * target.length));
    }

    /** Reads what stands before the body; false if that is not there whole. */
    private boolean begin() throws WireException {
        if (buffer.remaining() < Frame.HEADER_BYTES) {
            return false;
        }
        int at = buffer.position();
        type = buffer.get(at);
        channelId = buffer.getInt(at + 1);
        int length = buffer.getInt(at + 5);
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new WireException("a frame (" + FrameType.name(type) + ", channel " + channelId
                    + ") claims a payload of " + Integer.toUnsignedString(length) + " bytes; the limit is "
                    + MAX_PAYLOAD);
        }
        int start = Frame.HEADER_BYTES;
        bodyLength = length;
        around = null;
        if (envelope != null && length > Envelope.LEAST_BODY_BYTES && type == FrameType.DATA) {
            if (buffer.remaining() < start + Envelope.LEAD_BYTES) {
                return false;
            }
            if (envelope.begins(buffer, at + start, length)) {
                around = envelope;
                start += Envelope.LEAD_BYTES;
                bodyLength -= Envelope.BYTES;
            }
        }
        buffer.position(at + start);
        return true;
    }

    /** What does not end as it should is no array in an envelope, and for others to judge. */
    private Frame unwrapped(byte[] whole, Envelope expected) {
        byte last = buffer.get();
        Frame frame = Frame.around(type, channelId, new Envelope(expected.first(), last), whole);
        return last == expected.last() ? frame : frame.owned();
    }

    private void requireNothingBegun() throws EOFException {
        if (body != null) {
            throw new EOFException(
                    "the stream ended within a frame's payload, after " + filled + " of " + bodyLength + " bytes");
        }
        if (buffer.hasRemaining()) {
            throw new EOFException(
                    "the stream ended within a frame's header, after " + buffer.remaining() + " bytes of it");
        }
    }
}
