package execnet4j.serial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Payloads of one number, ASCII text, byte value or packed array, as most messages are: made in one array of just their length, read
 * without a stack. What is anything else, or beyond a limit, is left to {@link ValueWriter} and {@link ValueReader}.
 */
final class SingleValue {
    /** What stands before a text or byte value: an opcode and a length. */
    private static final int HEAD = 1 + Integer.BYTES;

    private static final int STOP = 1;

    private SingleValue() {}

    /** The payload, or null if it is not for this class to write. */
    static byte @Nullable [] write(@Nullable Object value, int maxBytes, boolean packedArrays) {
        if (value instanceof String text) {
            return text.length() > maxBytes - HEAD - STOP ? null : ascii(text);
        } else if (value instanceof Integer number) {
            return maxBytes < HEAD + STOP ? null : framed(Opcode.INT, number, 0);
        } else if (value instanceof byte[] content) {
            return content.length > maxBytes - HEAD - STOP ? null : bytes(content);
        } else if (value instanceof Double number) {
            return maxBytes < 1 + Double.BYTES + STOP ? null : float64(number);
        } else if (packedArrays && value != null) {
            PackedArray kind = PackedArray.of(value);
            return kind == null || kind.bytes(value) > maxBytes - HEAD - STOP ? null : packed(kind, value);
        }
        return null;
    }

    /** An opcode, its operand, room, and STOP. */
    private static byte[] framed(byte opcode, int operand, int room) {
        byte[] payload = new byte[HEAD + room + STOP];
        payload[0] = opcode;
        BigEndian.putInt32(payload, 1, operand);
        payload[payload.length - STOP] = Opcode.STOP;
        return payload;
    }

    private static byte[] bytes(byte[] content) {
        byte[] payload = framed(Opcode.BYTES, content.length, content.length);
        System.arraycopy(content, 0, payload, HEAD, content.length);
        return payload;
    }

    private static byte[] packed(PackedArray kind, Object array) {
        int length = (int) kind.bytes(array);
        byte[] payload = framed(kind.opcode(), kind.length(array), length);
        kind.copy(array, ByteBuffer.wrap(payload, HEAD, length).order(ByteOrder.LITTLE_ENDIAN));
        return payload;
    }

    private static byte @Nullable [] ascii(String text) {
        int length = text.length();
        byte[] payload = framed(Opcode.PY3STRING, length, length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return null;
            }
            payload[HEAD + i] = (byte) c;
        }
        return payload;
    }

    private static byte[] float64(double number) {
        byte[] payload = new byte[1 + Double.BYTES + STOP];
        payload[0] = Opcode.FLOAT;
        BigEndian.putFloat64(payload, 1, number);
        payload[1 + Double.BYTES] = Opcode.STOP;
        return payload;
    }

    /** Whether the payload from start (inclusive) to end (exclusive) is one such value, complete, and nothing else. */
    static boolean isWhole(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length < HEAD + STOP || bytes[end - STOP] != Opcode.STOP) {
            return false;
        }
        return switch (bytes[start]) {
            case Opcode.INT -> length == HEAD + STOP;
            case Opcode.PY3STRING, Opcode.BYTES -> isFilled(bytes, start, length, 1);
            case Opcode.FLOAT -> length == 1 + Double.BYTES + STOP;
            case Opcode.INTS, Opcode.FLOATS -> isFilled(bytes, start, length, 4);
            case Opcode.DOUBLES, Opcode.LONGS -> isFilled(bytes, start, length, 8);
            default -> false;
        };
    }

    private static boolean isFilled(byte[] bytes, int start, int length, long elementBytes) {
        return BigEndian.int32(bytes, start + 1) * elementBytes == length - HEAD - STOP;
    }

    /** Reads what {@link #isWhole} says is one. */
    static Object read(Operands in, ReadOptions options) {
        return switch (in.opcode()) {
            case Opcode.INT -> in.int32();
            case Opcode.FLOAT -> in.float64();
            case Opcode.PY3STRING -> options.textAsBytes() ? in.byteString() : in.utf8();
            case Opcode.INTS -> in.packed(PackedArray.INTS);
            case Opcode.FLOATS -> in.packed(PackedArray.FLOATS);
            case Opcode.DOUBLES -> in.packed(PackedArray.DOUBLES);
            case Opcode.LONGS -> in.packed(PackedArray.LONGS);
            default -> in.byteString();
        };
    }
}
