package execnet4j.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes frames off a stream. Reads in large pieces, so that many small frames cost one system call, and large payloads
 * straight into their array. One thread at a time.
 */
public final class FrameReader {
    /** The longest payload that is taken, in bytes. */
    public static final int MAX_PAYLOAD = 1 << 30;

    private static final int BUFFER_BYTES = 1 << 16;
    /** A claimed length up to this is allocated at once; beyond it the array grows with what has really come. */
    private static final int TRUSTED_BYTES = 1 << 24;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /**
     * Reads from a stream.
     *
     * @param in the stream; needs no buffering of its own
     */
    public FrameReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next frame; blocks until it is there whole.
     *
     * @return null at the end of the stream
     * @throws EOFException if the stream ends within a frame
     * @throws WireException if the length is impossible; nothing was allocated for it
     * @throws IOException if reading fails
     */
    public @Nullable Frame read() throws IOException {
        if (!require(Frame.HEADER_BYTES)) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(buffer, position, Frame.HEADER_BYTES);
        byte type = header.get();
        int channelId = header.getInt();
        int length = header.getInt();
        position += Frame.HEADER_BYTES;
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new WireException("a frame (" + FrameType.name(type) + ", channel " + channelId
                    + ") claims a payload of " + Integer.toUnsignedString(length) + " bytes; the limit is "
                    + MAX_PAYLOAD);
        }
        return length == 0 ? new Frame(type, channelId) : new Frame(type, channelId, payload(length));
    }

    /** Fills the buffer with at least {@code count} bytes; false at a clean end of the stream. */
    private boolean require(int count) throws IOException {
        while (limit - position < count) {
            if (position > 0) {
                System.arraycopy(buffer, position, buffer, 0, limit - position);
                limit -= position;
                position = 0;
            }
            int got = in.read(buffer, limit, buffer.length - limit);
            if (got < 0) {
                if (limit == 0) {
                    return false;
                }
                throw new EOFException("the stream ended within a frame's header, after " + limit + " bytes of it");
            }
            limit += got;
        }
        return true;
    }

    private byte[] payload(int length) throws IOException {
        byte[] payload = new byte[Math.min(length, TRUSTED_BYTES)];
        int filled = Math.min(length, limit - position);
        System.arraycopy(buffer, position, payload, 0, filled);
        position += filled;
        while (filled < length) {
            if (filled == payload.length) {
                payload = Arrays.copyOf(payload, (int) Math.min(length, 2L * payload.length));
            }
            int got = in.read(payload, filled, payload.length - filled);
            if (got < 0) {
                throw new EOFException(
                        "the stream ended within a frame's payload, after " + filled + " of " + length + " bytes");
            }
            filled += got;
        }
        return payload;
    }
}
