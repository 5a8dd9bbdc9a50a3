package execnet4j.serial;

import execnet4j.error.LoadException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to values. Any bytes give a value or a {@link LoadException}; memory stays within a small multiple of their number
 * (some 70 bytes a byte at worst, for empty maps of one byte each), and nothing here recurses deeper than
 * {@link Limits#maxDepth()}.
 *
 * <p>What comes: null, Boolean, Integer, Long or BigInteger (the smallest that holds the number), Double, {@link Complex},
 * String, {@code byte[]}, {@code double[]}, {@code float[]}, {@code int[]}, {@code long[]}, ArrayList, {@link Tuple}, LinkedHashMap, LinkedHashSet, {@link FrozenSet} and what the
 * {@link ChannelResolver} gives for channels. Lists, maps and sets may be changed by who receives them. Bytes that are a key
 * of a map or an element of a set, or stand in a tuple that is one, come as {@link Bytes}.
 *
 * <p>Maps and sets follow Java's {@code equals}: of two NaN elements, which Python can hold both, one remains. One with more
 * than a thousand keys or elements of the same hash code, other than texts and integers, is refused.
 */
public final class ValueReader {
    /** Stands on the stack for an integer that is still unboxed, in {@link #notes}: a list's indexes never need a box. */
    private static final Object UNBOXED = new Object();

    /** A list's element takes at least this many bytes: its index (5), a value (1) and SETITEM. */
    private static final int LIST_ELEMENT_BYTES = 7;

    private final Operands in;
    private final ChannelResolver channels;
    private final ReadOptions options;
    private final Limits limits;
    private final int mostListElements;

    private final PlainRuns plain;

    private @Nullable Object[] values = new Object[8];

    /** For an unboxed integer its value, for all else the depth. */
    private int[] notes = new int[8];

    /** Of the large maps, by identity; most values have none. */
    private @Nullable IdentityHashMap<Object, CollisionGuard> guards;

    private int size;
    private int listElements;
    private int elements;

    private ValueReader(Operands in, ChannelResolver channels, ReadOptions options) {
        this.in = in;
        this.channels = channels;
        this.options = options;
        this.limits = options.limits();
        this.mostListElements = in.remaining() / LIST_ELEMENT_BYTES;
        this.plain = new PlainRuns(in, !options.textAsBytes());
    }

    /**
     * Reads one value, which must fill all of the bytes.
     *
     * @param payload opcodes and operands, ended by STOP, without a version byte
     * @param channels gives the objects for channels
     * @param options limits, and what becomes of Python 2's strings
     * @return the value
     * @throws LoadException if the bytes are no value, or one beyond a limit; the message gives the offset and the reason
     */
    public static @Nullable Object read(byte[] payload, ChannelResolver channels, ReadOptions options) {
        return read(payload, 0, payload.length, channels, options);
    }

    /** Reads one value, which must fill the array from start (inclusive) to end (exclusive). */
    static @Nullable Object read(byte[] bytes, int start, int end, ChannelResolver channels, ReadOptions options) {
        Operands in = new Operands(bytes, start, end);
        if (end - start > options.limits().maxBytes()) {
            throw in.failure(
                    (end - start) + " bytes, the limit is " + options.limits().maxBytes());
        }
        return SingleValue.isWhole(bytes, start, end)
                ? SingleValue.read(in, options)
                : new ValueReader(in, channels, options).run();
    }

    private @Nullable Object run() {
        while (true) {
            byte opcode = in.opcode();
            switch (opcode) {
                case Opcode.INT, Opcode.LONG -> push(UNBOXED, in.int32());
                case Opcode.SETITEM -> setItem();
                case Opcode.PY3STRING -> push(options.textAsBytes() ? in.byteString() : in.utf8(), 0);
                case Opcode.FLOAT -> push(in.float64(), 0);
                case Opcode.NONE -> push(null, 0);
                case Opcode.TRUE -> push(true, 0);
                case Opcode.FALSE -> push(false, 0);
                case Opcode.LONGINT, Opcode.LONGLONG -> push(in.integerText(limits.maxDigits()), 0);
                case Opcode.BYTES -> push(in.byteString(), 0);
                case Opcode.NEWLIST -> push(newList(in.count()), 1);
                case Opcode.NEWDICT -> push(newMap(), 1);
                case Opcode.BUILDTUPLE -> buildTuple(in.count());
                case Opcode.SET -> buildSet(in.count(), false);
                case Opcode.FROZENSET -> buildSet(in.count(), true);
                case Opcode.COMPLEX -> push(new Complex(in.float64(), in.float64()), 0);
                case Opcode.UNICODE -> push(in.utf8(), 0);
                case Opcode.PY2STRING -> push(options.py2StringAsText() ? in.latin1() : in.byteString(), 0);
                case Opcode.CHANNEL -> push(channels.channel(in.int32()), 0);
                case Opcode.DOUBLES -> push(in.packed(PackedArray.DOUBLES), 0);
                case Opcode.FLOATS -> push(in.packed(PackedArray.FLOATS), 0);
                case Opcode.INTS -> push(in.packed(PackedArray.INTS), 0);
                case Opcode.LONGS -> push(in.packed(PackedArray.LONGS), 0);
                case Opcode.STOP -> {
                    return result();
                }
                default -> throw in.unknownOpcode(opcode);
            }
        }
    }

    private void push(@Nullable Object value, int note) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
            notes = Arrays.copyOf(notes, size * 2);
        }
        values[size] = value;
        notes[size++] = note;
    }

    private @Nullable Object value(int position) {
        Object value = values[position];
        return value == UNBOXED ? (Object) notes[position] : value;
    }

    private int depth(int position) {
        return values[position] == UNBOXED ? 0 : notes[position];
    }

    private @Nullable Object result() {
        if (size != 1) {
            throw in.failure("STOP with " + size + " values on the stack");
        }
        if (in.remaining() > 0) {
            throw in.failure(in.remaining() + " bytes follow the value");
        }
        return value(0);
    }

    private List<@Nullable Object> newList(int count) {
        // Summed over all lists, so that not each of many can claim the whole rest of the input.
        if (count > mostListElements - listElements) {
            throw in.failure("a list of " + count + " elements is announced, more than the data can hold");
        }
        listElements += count;
        countElements(count);
        List<@Nullable Object> list = new ArrayList<>(count);
        plain.readElements(list, plain.countElements(count));
        while (list.size() < count) {
            list.add(null);
        }
        return list;
    }

    private Map<@Nullable Object, @Nullable Object> newMap() {
        int count = plain.countEntries();
        countElements(2 * count);
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>(capacity(count));
        plain.readEntries(map, count);
        return map;
    }

    /** Of a hash table that is to hold so many without growing; of one that may grow, as many as it has by default. */
    private static int capacity(int count) {
        return count == 0 ? 16 : (int) Math.min(1 << 30, count * 4L / 3 + 1);
    }

    @SuppressWarnings("unchecked") // every list and map on the stack was made here, for any elements
    private void setItem() {
        if (size < 3) {
            throw in.failure("SETITEM with " + size + " values on the stack");
        }
        size -= 2;
        int target = size - 1;
        Object container = values[target];
        Object value = value(size + 1);
        int depth = Math.max(depth(size), depth(size + 1));
        if (container instanceof ArrayList<?> list) {
            ((ArrayList<@Nullable Object>) list).set(listIndex(list.size()), value);
        } else if (container instanceof LinkedHashMap<?, ?> map) {
            countElements(2);
            Object key = key(size);
            guard(map, key);
            ((Map<@Nullable Object, @Nullable Object>) map).put(key, value);
        } else {
            throw in.failure("SETITEM on what is neither list nor map");
        }
        if (depth >= notes[target]) {
            notes[target] = checkedDepth(depth + 1);
        }
    }

    private int listIndex(int length) {
        int index = notes[size];
        if (values[size] != UNBOXED || index < 0 || index >= length) {
            throw in.failure("SETITEM with what is no index of a list of " + length);
        }
        return index;
    }

    private void buildTuple(int count) {
        int depth = pop(count);
        @Nullable Object[] items = new Object[count];
        for (int i = 0; i < count; i++) {
            items[i] = value(size + i);
        }
        push(Tuple.owning(items), depth);
    }

    private void buildSet(int count, boolean frozen) {
        int depth = pop(count);
        LinkedHashSet<@Nullable Object> set = new LinkedHashSet<>(capacity(count));
        CollisionGuard guard = count > CollisionGuard.MOST ? new CollisionGuard(set) : null;
        for (int i = 0; i < count; i++) {
            Object element = key(size + i);
            if (guard != null) {
                require(guard, element);
            }
            set.add(element);
        }
        push(frozen ? FrozenSet.owning(set) : set, depth);
    }

    /** Takes values off the stack, where they can still be read from {@code size} on; gives the depth of what holds them. */
    private int pop(int count) {
        if (count > size) {
            throw in.failure(count + " values are announced, " + size + " are on the stack");
        }
        countElements(count);
        int deepest = 0;
        for (int i = size - count; i < size; i++) {
            deepest = Math.max(deepest, depth(i));
        }
        size -= count;
        return checkedDepth(deepest + 1);
    }

    private @Nullable Object key(int position) {
        Object value = value(position);
        return value instanceof String ? value : KeyForm.hashable(value, in);
    }

    private void guard(Map<?, ?> map, @Nullable Object key) {
        if (map.size() >= CollisionGuard.MOST && !CollisionGuard.isHarmless(key)) {
            if (guards == null) {
                guards = new IdentityHashMap<>();
            }
            CollisionGuard guard = guards.get(map);
            if (guard == null) {
                guard = new CollisionGuard(map.keySet());
                guards.put(map, guard);
            }
            require(guard, key);
        }
    }

    private void require(CollisionGuard guard, @Nullable Object key) {
        if (!guard.admits(key)) {
            throw in.failure("more than " + CollisionGuard.MOST + " keys or elements share one hash code");
        }
    }

    private void countElements(int count) {
        if (count > limits.maxCount() - elements) {
            throw in.failure("more than " + limits.maxCount() + " elements");
        }
        elements += count;
    }

    private int checkedDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw in.failure("containers stand more than " + limits.maxDepth() + " deep in each other");
        }
        return depth;
    }
}
