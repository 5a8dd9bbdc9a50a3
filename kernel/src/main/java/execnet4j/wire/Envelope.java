package execnet4j.wire;

import java.nio.ByteBuffer;

/**
 * What stands around a long array that is all there is in a payload: an opcode and the array's length before it, an opcode
 * behind it. A reader that knows it puts the array's bytes straight where they are to stay.
 *
 * @param first the opcode before the length
 * @param last the opcode behind the array
 */
public record Envelope(byte first, byte last) {
    /** Shorter arrays are not worth it. */
    public static final int LEAST_BODY_BYTES = 1 << 12;

    /** What stands before the array, in bytes. */
    static final int LEAD_BYTES = 1 + Integer.BYTES;

    /** What stands around the array, in bytes. */
    static final int BYTES = LEAD_BYTES + 1;

    /** Whether a payload begins, and is as long, as an array in this envelope. The bytes have the lead. */
    boolean begins(ByteBuffer bytes, int at, int payloadLength) {
        return bytes.get(at) == first && bytes.getInt(at + 1) == payloadLength - BYTES;
    }
}
