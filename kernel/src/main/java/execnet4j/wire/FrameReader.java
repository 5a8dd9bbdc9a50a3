package execnet4j.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames off what comes from a peer. Reads in large pieces, so that many small frames cost one system call, and
 * large payloads straight into their array. What has come of a frame stays here until the rest does, whichever thread
 * reads that. One thread at a time.
 */
public final class FrameReader {
    /** The longest payload that is taken, in bytes. */
    public static final int MAX_PAYLOAD = 1 << 30;

    private static final int BUFFER_BYTES = 1 << 16;
    /** A claimed length up to this is allocated at once; beyond it the array grows with what has really come. */
    private static final int TRUSTED_BYTES = 1 << 24;

    private final ByteInput in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /** Of the frame that is not there whole; no payload while its header is not. */
    private byte type;

    private int channelId;
    private int length;
    private byte @Nullable [] payload;
    private int filled;

    /**
     * Reads from a peer.
     *
     * @param in what comes from it
     */
    public FrameReader(ByteInput in) {
        this.in = in;
    }

    /**
     * Reads from a stream.
     *
     * @param in the stream; needs no buffering of its own
     */
    public FrameReader(InputStream in) {
        this(new StreamInput(in));
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
        byte[] target = payload;
        if (target == null) {
            if (limit - position < Frame.HEADER_BYTES) {
                return null;
            }
            header();
            if (length == 0) {
                return new Frame(type, channelId);
            }
            target = new byte[Math.min(length, TRUSTED_BYTES)];
            filled = 0;
        }
        int ready = Math.min(target.length - filled, limit - position);
        System.arraycopy(buffer, position, target, filled, ready);
        position += ready;
        filled += ready;
        if (filled < length) {
            payload = target;
            return null;
        }
        payload = null;
        return new Frame(type, channelId, target);
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
        byte[] target = payload;
        int got;
        if (target == null) {
            System.arraycopy(buffer, position, buffer, 0, limit - position);
            limit -= position;
            position = 0;
            got = in.read(buffer, limit, BUFFER_BYTES - limit);
            limit += Math.max(0, got);
        } else {
            if (filled == target.length) {
                target = Arrays.copyOf(target, (int) Math.min(length, 2L * target.length));
                payload = target;
            }
            got = in.read(target, filled, target.length - filled);
            filled += Math.max(0, got);
        }
        if (got < 0) {
            requireNothingBegun();
        }
        return got;
    }

    private void header() throws WireException {
        ByteBuffer header = ByteBuffer.wrap(buffer, position, Frame.HEADER_BYTES);
        type = header.get();
        channelId = header.getInt();
        length = header.getInt();
        position += Frame.HEADER_BYTES;
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new WireException("a frame (" + FrameType.name(type) + ", channel " + channelId
                    + ") claims a payload of " + Integer.toUnsignedString(length) + " bytes; the limit is "
                    + MAX_PAYLOAD);
        }
    }

    private void requireNothingBegun() throws EOFException {
        if (payload != null) {
            throw new EOFException(
                    "the stream ended within a frame's payload, after " + filled + " of " + length + " bytes");
        }
        if (limit > position) {
            throw new EOFException(
                    "the stream ended within a frame's header, after " + (limit - position) + " bytes of it");
        }
    }
}
