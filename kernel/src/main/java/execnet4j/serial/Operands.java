package execnet4j.serial;

import execnet4j.error.LoadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes opcodes and operands off an array, one after the other, and never reads or allocates beyond its end. */
final class Operands {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int next;

    /** Reads from start (inclusive) to end (exclusive). */
    Operands(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.next = start;
    }

    int remaining() {
        return end - next;
    }

    int position() {
        return next;
    }

    /** Whether so many bytes stand at a position, which is not before the present one. */
    boolean has(int position, int count) {
        return count <= end - position;
    }

    /** An opcode further on, which must be there. */
    byte opcodeAt(int position) {
        return bytes[position];
    }

    /** An int32 further on, which must be there. */
    int int32At(int position) {
        return BigEndian.int32(bytes, position);
    }

    byte opcode() {
        if (next == end) {
            throw failure("the data is cut short: no STOP");
        }
        return bytes[next++];
    }

    int int32() {
        need(4);
        int value = BigEndian.int32(bytes, next);
        next += 4;
        return value;
    }

    double float64() {
        need(8);
        double value = BigEndian.float64(bytes, next);
        next += 8;
        return value;
    }

    /** A length or count. */
    int count() {
        int count = int32();
        if (count < 0) {
            throw failure("a length or count is negative: " + count);
        }
        return count;
    }

    void skip(int length) {
        need(length);
        next += length;
    }

    byte[] byteString() {
        int length = count();
        need(length);
        byte[] content = Arrays.copyOfRange(bytes, next, next + length);
        next += length;
        return content;
    }

    Object packed(PackedArray kind) {
        int count = count();
        long length = (long) count * kind.elementBytes();
        need(length);
        ByteBuffer content = ByteBuffer.wrap(bytes, next, (int) length).order(ByteOrder.LITTLE_ENDIAN);
        next += (int) length;
        return kind.read(content, count);
    }

    void skipPacked(PackedArray kind) {
        long length = (long) count() * kind.elementBytes();
        need(length);
        next += (int) length;
    }

    String latin1() {
        int length = count();
        need(length);
        String text = new String(bytes, next, length, StandardCharsets.ISO_8859_1);
        next += length;
        return text;
    }

    String utf8() {
        int length = count();
        need(length);
        String text = new String(bytes, next, length, StandardCharsets.UTF_8);
        // The constructor puts U+FFFD where the bytes are malformed; only then is the slow, strict decoder needed.
        if (text.indexOf('\uFFFD') >= 0 && !Utf8.isValid(bytes, next, length)) {
            throw failure("a text is not valid UTF-8");
        }
        next += length;
        return text;
    }

    Number integerText(int maxDigits) {
        int length = count();
        need(length);
        boolean negative = length > 0 && bytes[next] == '-';
        int digits = negative ? length - 1 : length;
        if (digits > maxDigits) {
            throw failure("an integer has " + digits + " digits, the limit is " + maxDigits);
        }
        if (!IntegerText.isCanonical(bytes, next, length)) {
            throw failure("an integer is not written as plain decimal digits");
        }
        Number value = IntegerText.parse(bytes, next, length);
        next += length;
        return value;
    }

    private void need(long length) {
        if (length > end - next) {
            throw failure("the data is cut short: " + length + " bytes are announced, " + (end - next) + " are left");
        }
    }

    LoadException unknownOpcode(byte opcode) {
        return unknownOpcode(opcode, next - 1 - start);
    }

    static LoadException unknownOpcode(byte opcode, int offset) {
        return failure(String.format("unknown opcode 0x%02x", opcode), offset);
    }

    LoadException failure(String reason) {
        return failure(reason, next - start);
    }

    static LoadException failure(String reason, int offset) {
        return new LoadException("cannot load at byte " + offset + ": " + reason);
    }
}
