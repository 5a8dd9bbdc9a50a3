package execnet4j.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The unit on the wire: a type (int8), a channel id (int32) and a payload with its length (int32) before it, all
 * big-endian. The payload is not copied: whoever makes a frame leaves the array alone from then on.
 */
public final class Frame {
    /** Bytes of a frame before its payload. */
    public static final int HEADER_BYTES = 9;

    private static final byte[] EMPTY = {};
    private static final int SHOWN_BYTES = 40;

    private final byte type;
    private final int channelId;
    private final byte[] payload;

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
        this.payload = payload;
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
     * The content, not copied.
     *
     * @return possibly empty
     */
    public byte[] payload() {
        return payload;
    }

    /**
     * Header and payload together.
     *
     * @return bytes on the wire
     */
    public int encodedLength() {
        return HEADER_BYTES + payload.length;
    }

    /**
     * Writes the header.
     *
     * @param target at least {@link #HEADER_BYTES} long from the offset on
     * @param offset where to begin
     */
    public void encodeHeader(byte[] target, int offset) {
        ByteBuffer.wrap(target, offset, HEADER_BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .put(type)
                .putInt(channelId)
                .putInt(payload.length);
    }

    /** A line for traces: type, id, length and the first bytes in printable form. Never fails. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("<Frame ")
                .append(FrameType.name(type))
                .append(" id=")
                .append(channelId)
                .append(" length=")
                .append(payload.length)
                .append(' ');
        int shown = Math.min(payload.length, SHOWN_BYTES);
        for (int i = 0; i < shown; i++) {
            byte each = payload[i];
            text.append(each >= 0x20 && each < 0x7f ? (char) each : '.');
        }
        return text.append(shown < payload.length ? "...>" : ">").toString();
    }
}
