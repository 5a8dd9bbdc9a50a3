package execnet4j.serial;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fixed sequence of values, Python's {@code tuple}: the sequence that may be a key of a map or an element of a set, as
 * long as what it holds may be one.
 *
 * <p>It is no {@link List} and equals none, as in Python. Two are equal if they hold equal values in the same order; a
 * {@code byte[]} equals only itself, so use {@link Bytes} in a tuple that is compared. The class is immutable, but a list or
 * map in it is not; such a tuple's hash code changes with it.
 */
public final class Tuple implements Iterable<@Nullable Object> {
    private static final Tuple EMPTY = new Tuple(new Object[0]);

    private final @Nullable Object[] items;

    /** The hash code, or 0: not computed yet, or not to be kept because an item may change. Any thread may set it. */
    private int hash;

    private Tuple(@Nullable Object[] items) {
        this.items = items;
    }

    /**
     * Makes a tuple.
     *
     * @param items what it holds, nulls included
     * @return the tuple
     */
    public static Tuple of(@Nullable Object... items) {
        return owning(items.clone());
    }

    /**
     * Makes a tuple of a collection's elements.
     *
     * @param items what it holds, in the order of iteration, nulls included
     * @return the tuple
     */
    public static Tuple copyOf(Collection<?> items) {
        return owning(items.toArray());
    }

    /** Takes over an array that nobody else will write to. */
    static Tuple owning(@Nullable Object[] items) {
        return items.length == 0 ? EMPTY : new Tuple(items);
    }

    /**
     * How many values it holds.
     *
     * @return at least 0
     */
    public int size() {
        return items.length;
    }

    /**
     * One of the values.
     *
     * @param index from 0 to {@code size() - 1}
     * @return the value there
     * @throws IndexOutOfBoundsException if there is none
     */
    public @Nullable Object get(int index) {
        return items[index];
    }

    /**
     * The values as a list.
     *
     * @return an unmodifiable view
     */
    public List<@Nullable Object> asList() {
        return Collections.unmodifiableList(Arrays.asList(items));
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
        return asList().iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Tuple tuple && Arrays.equals(items, tuple.items));
    }

    @Override
    public int hashCode() {
        if (hash != 0) {
            return hash;
        }
        // A product and a rotation per item spread pairs of small integers, which a sum of products would not.
        long mixed = items.length;
        boolean constant = true;
        for (Object item : items) {
            int itemHash = item == null ? 0 : item.hashCode();
            mixed = Long.rotateLeft(mixed ^ itemHash, 31) * 0x9E3779B97F4A7C15L;
            constant &= isConstant(item);
        }
        int result = (int) (mixed >>> 32);
        if (result == 0) {
            result = 1;
        }
        if (constant) {
            hash = result;
        }
        return result;
    }

    private static boolean isConstant(@Nullable Object item) {
        if (item instanceof Tuple tuple) {
            return tuple.hash != 0;
        }
        return item == null
                || item instanceof String
                || item instanceof Number
                || item instanceof Boolean
                || item instanceof Bytes
                || item instanceof Complex
                || item instanceof FrozenSet;
    }

    /** The values in parentheses, such as {@code (1, text)}, {@code (1,)} and {@code ()}; each as its own {@code toString} has it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < items.length; i++) {
            text.append(i == 0 ? "" : ", ").append(items[i]);
        }
        return text.append(items.length == 1 ? ",)" : ")").toString();
    }
}
