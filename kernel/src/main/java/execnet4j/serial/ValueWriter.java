package execnet4j.serial;

import execnet4j.error.DumpException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values to bytes, as stock execnet on Python 3 writes them.
 *
 * <p>What can be written: null, Boolean, Byte, Short, Integer, Long, BigInteger, Float and Double (a Float is widened
 * exactly), {@link Complex}, String, {@code byte[]}, {@link Bytes}, {@code double[]}, {@code float[]}, {@code int[]},
 * {@code long[]}, any {@link List}, {@link Tuple}, {@link Map}, {@link Set}, {@link FrozenSet}, and channels. Keys of maps and
 * elements of sets may be any of these but arrays, List, Map and Set other than FrozenSet, also within tuples. Maps and sets are written in their order of iteration.
 * Everything else is refused: other arrays, Character, enums, types of one's own; nothing is ever converted by guess.
 *
 * <p>A refusal names the place: {@code [3]["key"]} is the value of {@code "key"} in the fourth element, {@code {0}} the first
 * key of a map or element of a set.
 */
public final class ValueWriter {
    private static final String KNOWN_TYPES =
            "what can be is null, Boolean, Byte, Short, Integer, Long, BigInteger, Float,"
                    + " Double, Complex, String, byte[], double[], float[], int[], long[], Bytes, List, Tuple, Map, Set, FrozenSet and Channel";

    /** What bytes or a packed array take beside themselves: opcode, length, STOP. */
    private static final int PIECE_FRAME = 6;

    private final ChannelResolver channels;
    private final WriteOptions options;
    private final ByteSink sink;
    private final Place place = new Place();
    private int elements;

    private ValueWriter(ChannelResolver channels, WriteOptions options, ByteSink sink) {
        this.channels = channels;
        this.options = options;
        this.sink = sink;
    }

    /**
     * Writes one value.
     *
     * @param value what to write; must not be changed meanwhile
     * @param channels gives the numbers of channels
     * @param options limits, and who will read it
     * @return opcodes and operands, ended by STOP, without a version byte; the caller's own
     * @throws DumpException if the value or anything in it cannot be written, or is beyond a limit, as a collection that
     *     contains itself is
     */
    public static byte[] write(@Nullable Object value, ChannelResolver channels, WriteOptions options) {
        int maxBytes = options.limits().maxBytes();
        byte[] single = SingleValue.write(value, maxBytes, options.packedArrays());
        return single != null
                ? single
                : new ValueWriter(channels, options, new ByteSink(maxBytes, ByteSink.FIRST)).run(value);
    }

    /** As {@link #write}, with a byte in front. */
    static byte[] writeAfter(byte first, @Nullable Object value, ChannelResolver channels, WriteOptions options) {
        int maxBytes = Math.min(options.limits().maxBytes(), Integer.MAX_VALUE - 16) + 1;
        ByteSink sink = new ByteSink(maxBytes, firstSize(value, options));
        sink.put(first);
        return new ValueWriter(channels, options, sink).run(value);
    }

    /** For a large piece alone just what it takes, a byte in front included, so that it is copied once. */
    private static long firstSize(@Nullable Object value, WriteOptions options) {
        if (value instanceof byte[] content) {
            return content.length + PIECE_FRAME + 1L;
        }
        PackedArray kind = value == null || !options.packedArrays() ? null : PackedArray.of(value);
        return kind == null || value == null ? ByteSink.FIRST : kind.bytes(value) + PIECE_FRAME + 1;
    }

    private byte[] run(@Nullable Object value) {
        try {
            write(value);
            sink.put(Opcode.STOP);
            return sink.toByteArray();
        } catch (ByteSink.Full e) {
            throw new DumpException("cannot serialize the value: it takes more than "
                    + options.limits().maxBytes() + " bytes");
        } catch (ConcurrentModificationException e) {
            throw refusal("a collection was changed while it was being written", e);
        }
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            sink.put(Opcode.NONE);
        } else if (!writePlain(value)) {
            writeOther(value);
        }
    }

    /** Writes what nearly all elements and keys are; false, with nothing written, if the value is something else. */
    private boolean writePlain(Object value) {
        if (value instanceof String text) {
            writeText(text);
        } else if (value instanceof Integer number) {
            sink.put(Opcode.INT, number);
        } else if (value instanceof Double number) {
            sink.putFloat(Opcode.FLOAT, number);
        } else if (value instanceof Boolean truth) {
            sink.put(truth ? Opcode.TRUE : Opcode.FALSE);
        } else if (value instanceof Long number) {
            writeLong(number);
        } else {
            return false;
        }
        return true;
    }

    private void writeOther(Object value) {
        if (value instanceof byte[] content) {
            sink.put(Opcode.BYTES, content);
        } else if (value instanceof List<?> list) {
            writeList(list);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map);
        } else if (value instanceof Tuple tuple) {
            writeTuple(tuple, false);
        } else if (value instanceof Set<?> set) {
            writeSet(set);
        } else {
            writeRare(value);
        }
    }

    private void writeRare(Object value) {
        if (value instanceof Bytes bytes) {
            sink.put(Opcode.BYTES, bytes.content());
        } else if (value instanceof Float number) {
            sink.putFloat(Opcode.FLOAT, number);
        } else if (value instanceof Byte || value instanceof Short) {
            sink.put(Opcode.INT, ((Number) value).intValue());
        } else if (value.getClass() == BigInteger.class) {
            writeBig((BigInteger) value);
        } else if (value instanceof Complex complex) {
            sink.putComplex(Opcode.COMPLEX, complex);
        } else {
            PackedArray kind = PackedArray.of(value);
            if (kind != null) {
                writeArray(kind, value);
                return;
            }
            int id = channels.idOf(value);
            if (id == ChannelResolver.NOT_A_CHANNEL) {
                throw refusal(typeName(value) + " is no type that can be sent or dumped; " + KNOWN_TYPES, null);
            }
            sink.put(Opcode.CHANNEL, id);
        }
    }

    private void writeText(String text) {
        if (!sink.put(Opcode.PY3STRING, text)) {
            throw refusal("the String has a surrogate without its partner, so it is no text", null);
        }
    }

    private void writeLong(long number) {
        if (number == (int) number) {
            sink.put(Opcode.INT, (int) number);
        } else {
            sink.put(Opcode.LONGINT, Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void writeBig(BigInteger number) {
        if (number.bitLength() < Long.SIZE) {
            writeLong(number.longValue());
            return;
        }
        int most = options.maxDigits();
        // A digit is more than 3.3 bits: the text of what is far too long is never made.
        boolean tooLong = number.bitLength() > most * 3.33 + 4;
        String text = tooLong ? "" : number.toString();
        if (tooLong || text.length() - (number.signum() < 0 ? 1 : 0) > most) {
            throw refusal("the BigInteger has more than " + most + " decimal digits", null);
        }
        sink.put(Opcode.LONGINT, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void writeList(List<?> list) {
        int count = list.size();
        enter(count);
        sink.put(Opcode.NEWLIST, count);
        int index = 0;
        for (Object item : list) {
            place.atIndex(index);
            sink.put(Opcode.INT, index++);
            write(item);
            sink.put(Opcode.SETITEM);
        }
        leave(count, index);
    }

    private void writeArray(PackedArray kind, Object array) {
        int count = kind.length(array);
        if (options.packedArrays()) {
            kind.copy(array, sink.putPacked(kind.opcode(), count, kind.bytes(array)));
            return;
        }
        enter(count);
        sink.put(Opcode.NEWLIST, count);
        for (int i = 0; i < count; i++) {
            sink.put(Opcode.INT, i);
            write(kind.element(array, i));
            sink.put(Opcode.SETITEM);
        }
        place.leave();
    }

    private void writeTuple(Tuple tuple, boolean asKey) {
        enter(tuple.size());
        for (int i = 0; i < tuple.size(); i++) {
            place.atIndex(i);
            if (asKey) {
                writeKey(tuple.get(i));
            } else {
                write(tuple.get(i));
            }
        }
        place.leave();
        sink.put(Opcode.BUILDTUPLE, tuple.size());
    }

    private void writeMap(Map<?, ?> map) {
        int count = map.size();
        enter((int) Math.min(2L * count, Integer.MAX_VALUE));
        sink.put(Opcode.NEWDICT);
        int index = 0;
        boolean plain = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            // A text that is refused comes by again, for its place to be noted.
            if (!(key instanceof String text && sink.put(Opcode.PY3STRING, text))) {
                plain = false;
                place.atElement(index);
                writeKey(key);
            }
            index++;
            place.atKey(key);
            write(entry.getValue());
            sink.put(Opcode.SETITEM);
        }
        leave(count, index);
        if (!plain) {
            requireDistinct(map.keySet());
        }
    }

    private void writeSet(Set<?> set) {
        int count = set.size();
        enter(count);
        int index = 0;
        boolean plain = true;
        for (Object element : set) {
            place.atElement(index++);
            writeKey(element);
            plain &= element instanceof String;
        }
        leave(count, index);
        if (!plain) {
            requireDistinct(set);
        }
        sink.put(set instanceof FrozenSet ? Opcode.FROZENSET : Opcode.SET, count);
    }

    private void writeKey(@Nullable Object key) {
        if (key == null) {
            sink.put(Opcode.NONE);
        } else if (!writePlain(key)) {
            writeOtherKey(key);
        }
    }

    private void writeOtherKey(Object key) {
        if (key instanceof Tuple tuple) {
            writeTuple(tuple, true);
        } else if (key instanceof byte[]) {
            throw notAKey(key, "Bytes");
        } else if (key instanceof List) {
            throw notAKey(key, "Tuple");
        } else if (key instanceof Set && !(key instanceof FrozenSet)) {
            throw notAKey(key, "FrozenSet");
        } else if (key instanceof Map) {
            throw notAKey(key, "a FrozenSet of Tuples");
        } else if (PackedArray.of(key) != null) {
            throw notAKey(key, "Tuple");
        } else {
            writeOther(key);
        }
    }

    private DumpException notAKey(Object key, String instead) {
        return refusal(typeName(key) + " cannot be a key of a map or an element of a set; use " + instead, null);
    }

    private void requireDistinct(Collection<?> keys) {
        String equal = new KeyEquality(options.forPython()).findEqual(keys);
        if (equal != null) {
            throw refusal(
                    equal + " are two keys or elements here, but one for "
                            + (options.forPython() ? "Python" : "the reader"),
                    null);
        }
    }

    private void enter(int count) {
        Limits limits = options.limits();
        if (place.depth() == limits.maxDepth()) {
            throw refusal(
                    "containers stand more than " + limits.maxDepth() + " deep in each other; does one contain itself?",
                    null);
        }
        if (count > limits.maxCount() - elements) {
            throw refusal("the value has more than " + limits.maxCount() + " elements", null);
        }
        elements += count;
        place.enter();
    }

    private void leave(int announced, int written) {
        place.leave();
        if (announced != written) {
            throw refusal("a collection was changed while it was being written", null);
        }
    }

    private static String typeName(Object value) {
        return value.getClass().getTypeName();
    }

    private DumpException refusal(String reason, @Nullable Throwable cause) {
        String at = place.depth() == 0 ? "the value" : "the value at " + place;
        return new DumpException("cannot serialize " + at + ": " + reason, cause);
    }
}
