package execnet4j.serial;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The elements at the beginning of a list or map that hold no others: numbers, texts, bytes, truth values and nulls, as
 * nearly all are. They go past the stack. They are counted first, so that what is made for them is of the size that the
 * data really fill; counting stops where anything is uncommon, incomplete or out of order, and the stack machine goes on
 * from there.
 */
final class PlainRuns {
    private static final int INT_BYTES = 1 + Integer.BYTES;

    private final Operands in;
    private final boolean textIsText;

    /** Reads from where the operands are; text is plain unless it is to become something else. */
    PlainRuns(Operands in, boolean textIsText) {
        this.in = in;
        this.textIsText = textIsText;
    }

    /** How many of a new list's elements follow right here, in order, and are plain. */
    int countElements(int most) {
        int count = 0;
        int at = in.position();
        while (count < most && in.has(at, INT_BYTES) && in.opcodeAt(at) == Opcode.INT && in.int32At(at + 1) == count) {
            int end = endOfPlain(at + INT_BYTES);
            if (end < 0 || !isSetItem(end)) {
                break;
            }
            at = end + 1;
            count++;
        }
        return count;
    }

    /** Adds as many elements as were counted. */
    void readElements(List<@Nullable Object> list, int count) {
        for (int i = 0; i < count; i++) {
            in.skip(INT_BYTES);
            list.add(read());
            in.skip(1);
        }
    }

    /** How many of a new map's entries follow right here and have a text or integer as key and a plain value. */
    int countEntries() {
        int count = 0;
        int at = in.position();
        while (in.has(at, 1) && (in.opcodeAt(at) == Opcode.PY3STRING || in.opcodeAt(at) == Opcode.INT)) {
            int endOfKey = endOfPlain(at);
            int end = endOfKey < 0 ? endOfKey : endOfPlain(endOfKey);
            if (end < 0 || !isSetItem(end)) {
                break;
            }
            at = end + 1;
            count++;
        }
        return count;
    }

    /** Puts as many entries as were counted. */
    void readEntries(Map<@Nullable Object, @Nullable Object> map, int count) {
        for (int i = 0; i < count; i++) {
            Object key = read();
            map.put(key, read());
            in.skip(1);
        }
    }

    private boolean isSetItem(int position) {
        return in.has(position, 1) && in.opcodeAt(position) == Opcode.SETITEM;
    }

    /** Where the plain value that begins at a position ends; -1 if there is none, or not all of it. */
    private int endOfPlain(int at) {
        if (!in.has(at, 1)) {
            return -1;
        }
        return switch (in.opcodeAt(at)) {
            case Opcode.INT -> end(at, INT_BYTES);
            case Opcode.FLOAT -> end(at, 1 + Double.BYTES);
            case Opcode.NONE, Opcode.TRUE, Opcode.FALSE -> at + 1;
            case Opcode.PY3STRING -> textIsText ? endOfSized(at) : -1;
            case Opcode.BYTES -> endOfSized(at);
            default -> -1;
        };
    }

    private int endOfSized(int at) {
        int content = end(at, INT_BYTES);
        return content < 0 || in.int32At(at + 1) < 0 ? -1 : end(content, in.int32At(at + 1));
    }

    private int end(int at, int length) {
        return in.has(at, length) ? at + length : -1;
    }

    private @Nullable Object read() {
        return switch (in.opcode()) {
            case Opcode.INT -> in.int32();
            case Opcode.FLOAT -> in.float64();
            case Opcode.PY3STRING -> in.utf8();
            case Opcode.BYTES -> in.byteString();
            case Opcode.TRUE -> true;
            case Opcode.FALSE -> false;
            default -> null;
        };
    }
}
