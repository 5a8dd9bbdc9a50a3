package execnet4j.serial;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes that never gets longer than its limit. */
final class ByteSink {
    /** What is made first: enough for most of the small values, of which there may be many at a time. */
    static final int FIRST = 64;

    /** Left after a large piece, for what little mostly follows it. */
    private static final int SLACK = 64;

    private final int limit;
    private byte[] bytes;

    /** How much of the array may be filled. */
    private int room;

    private int size;

    /** If just as many bytes as the first array holds are put, they are never copied. */
    ByteSink(int limit, long first) {
        this.limit = limit;
        this.room = (int) Math.min(limit, first);
        this.bytes = new byte[room];
    }

    /** Makes room; {@link Full} if that would go beyond the limit. */
    private void ensure(int more) {
        if (more > room - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        if (more > limit - size) {
            throw new Full();
        }
        byte[] old = bytes;
        long wanted = size + (long) more;
        byte[] larger = SpareArray.take(wanted);
        if (larger == null) {
            long doubled = old.length * 2L;
            larger = new byte[(int) Math.min(wanted <= doubled ? doubled : wanted + SLACK, limit)];
        }
        System.arraycopy(old, 0, larger, 0, size);
        bytes = larger;
        room = Math.min(larger.length, limit);
        SpareArray.leave(old);
    }

    void put(byte value) {
        ensure(1);
        bytes[size++] = value;
    }

    void put(byte opcode, int operand) {
        ensure(5);
        bytes[size] = opcode;
        BigEndian.putInt32(bytes, size + 1, operand);
        size += 5;
    }

    void putFloat(byte opcode, double operand) {
        ensure(9);
        bytes[size] = opcode;
        BigEndian.putFloat64(bytes, size + 1, operand);
        size += 9;
    }

    void putComplex(byte opcode, Complex operand) {
        putFloat(opcode, operand.real());
        ensure(8);
        BigEndian.putFloat64(bytes, size, operand.imaginary());
        size += 8;
    }

    void put(byte opcode, byte[] content) {
        put(opcode, content.length);
        ensure(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
    }

    /** Puts text as UTF-8; false, with nothing useful put, if it has a lone surrogate. */
    boolean put(byte opcode, String text) {
        int length = text.length();
        put(opcode, length);
        ensure(length);
        byte[] target = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = at + i;
                return putBeyondAscii(text, i);
            }
            target[at + i] = (byte) c;
        }
        size = at + length;
        return true;
    }

    private boolean putBeyondAscii(String text, int from) {
        int lengthAt = size - from - 4;
        long rest = Utf8.length(text, from);
        if (rest < 0) {
            return false;
        }
        if (rest > limit - size) {
            throw new Full();
        }
        ensure((int) rest);
        size = Utf8.encode(text, from, bytes, size);
        BigEndian.putInt32(bytes, lengthAt, size - lengthAt - 4);
        return true;
    }

    /** Puts an opcode and a count, and makes room for what follows: the buffer, little-endian, is to be filled at once. */
    ByteBuffer putPacked(byte opcode, int count, long length) {
        if (length > limit) {
            throw new Full();
        }
        put(opcode, count);
        ensure((int) length);
        size += (int) length;
        return ByteBuffer.wrap(bytes, size - (int) length, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes put so far. The sink must not be used after. */
    byte[] toByteArray() {
        if (size == bytes.length) {
            return bytes;
        }
        byte[] result = Arrays.copyOf(bytes, size);
        SpareArray.leave(bytes);
        return result;
    }

    /** The limit would be passed. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super(null, null, false, false);
        }
    }
}
