package execnet4j.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The unit on the wire: a type (int8), a channel id (int32) and a payload with its length (int32) before it, all
 * big-endian. The payload is not copied: whoever makes a frame leaves the array alone from then on.
 *
 * <p>A payload that is one long array with a few bytes around it may be kept in these parts, so that nobody copies the
 * array to put the parts together or to take them apart.
 */
public final class Frame {
    /** Bytes of a frame before its payload. */
    public static final int HEADER_BYTES = 9;

    private static final byte[] EMPTY = {};
    private static final int SHOWN_BYTES = 40;

    private final byte type;
    private final int channelId;
    private final byte[] body;
    private final @Nullable Envelope envelope;

    /**
     * Makes a frame.
     *
     * @param type one of {@link FrameType}
     * @param channelId the channel it belongs to, 0 for the gateway as a whole
     * @param payload its content, not copied
     */
    public Frame(byte type, int channelId, byte[] payload) {
        this.type = type;
        this.channelId = channelId;
        this.body = payload;
        this.envelope = null;
    }

    private Frame(byte type, int channelId, Envelope envelope, byte[] body) {
        this.type = type;
        this.channelId = channelId;
        this.body = body;
        this.envelope = envelope;
    }

    /**
     * Makes a frame of an array and what stands around it.
     *
     * @param type one of {@link FrameType}
     * @param channelId the channel it belongs to, 0 for the gateway as a whole
     * @param envelope what stands around it
     * @param body the array, not copied
     * @return the frame
     */
    public static Frame around(byte type, int channelId, Envelope envelope, byte[] body) {
        return new Frame(type, channelId, envelope, body);
    }

    /**
     * Makes a frame without content.
     *
     * @param type one of {@link FrameType}
     * @param channelId the channel it belongs to, 0 for the gateway as a whole
     */
    public Frame(byte type, int channelId) {
        this(type, channelId, EMPTY);
    }

    /**
     * Makes a {@link FrameType#CREDIT} frame.
     *
     * @param channelId the channel that may send more
     * @param bytes how many encoded bytes more
     * @return the frame
     */
    public static Frame credit(int channelId, long bytes) {
        return new Frame(
                FrameType.CREDIT,
                channelId,
                ByteBuffer.allocate(Long.BYTES).putLong(bytes).array());
    }

    /**
     * The kind of frame.
     *
     * @return one of {@link FrameType}, or an unknown byte
     */
    public byte type() {
        return type;
    }

    /**
     * The channel it belongs to.
     *
     * @return 0 for the gateway as a whole
     */
    public int channelId() {
        return channelId;
    }

    /**
     * The content, not copied unless it is kept in parts.
     *
     * @return possibly empty
     */
    public byte[] payload() {
        if (envelope == null) {
            return body;
        }
        ByteBuffer payload = ByteBuffer.allocate(payloadLength());
        return payload.put(envelope.first())
                .putInt(body.length)
                .put(body)
                .put(envelope.last())
                .array();
    }

    /**
     * Whether it is kept in parts.
     *
     * @return true for one made by {@link #around}
     */
    public boolean isEnveloped() {
        return envelope != null;
    }

    /**
     * The array that makes the payload, or most of it; not copied.
     *
     * @return the payload, if that is not kept in parts
     */
    public byte[] body() {
        return body;
    }

    /**
     * The same frame with nothing in it that somebody else may change.
     *
     * @return this one, if it is not kept in parts
     */
    public Frame owned() {
        return isEnveloped() ? new Frame(type, channelId, payload()) : this;
    }

    /**
     * Header and payload together.
     *
     * @return bytes on the wire
     */
    public int encodedLength() {
        return HEADER_BYTES + payloadLength();
    }

    private int payloadLength() {
        return envelope == null ? body.length : body.length + Envelope.BYTES;
    }

    /**
     * Writes what stands before the body.
     *
     * @param target big-endian, with room for it
     */
    public void encodeStart(ByteBuffer target) {
        target.put(type).putInt(channelId).putInt(payloadLength());
        if (envelope != null) {
            target.put(envelope.first()).putInt(body.length);
        }
    }

    /**
     * Writes what stands behind the body, which is nothing unless there is an envelope.
     *
     * @param target with room for it
     */
    void encodeEnd(ByteBuffer target) {
        if (envelope != null) {
            target.put(envelope.last());
        }
    }

    /** A line for traces: type, id, length and the first bytes in printable form. Never fails. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<Frame ")
                .append(FrameType.name(type))
                .append(" id=")
                .append(channelId)
                .append(" length=")
                .append(payloadLength())
                .append(' ');
        int shown = Math.min(body.length, SHOWN_BYTES);
        for (int i = 0; i < shown; i++) {
            byte each = body[i];
            text.append(each >= 0x20 && each < 0x7f ? (char) each : '.');
        }
        return text.append(shown < body.length ? "...>" : ">").toString();
    }
}
