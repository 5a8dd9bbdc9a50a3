package execnet4j.serial;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set that cannot change, Python's {@code frozenset}: the set that may be a key of a map or an element of a set. It
 * iterates in the order it was made in, and equals every {@link Set} of the same elements. What it holds must not change
 * either; a list in it is refused when it is sent.
 */
public final class FrozenSet extends AbstractSet<@Nullable Object> {
    private static final FrozenSet EMPTY = new FrozenSet(new LinkedHashSet<>());

    private final Set<@Nullable Object> elements;

    /** Computed once, so that hashing sets within sets takes no more time than there are elements. */
    private final int hash;

    private FrozenSet(Set<@Nullable Object> elements) {
        this.elements = Collections.unmodifiableSet(elements);
        this.hash = elements.hashCode();
    }

    /**
     * Makes a set.
     *
     * @param elements what it holds; of equal ones the first is kept
     * @return the set
     */
    public static FrozenSet of(@Nullable Object... elements) {
        return copyOf(Arrays.asList(elements));
    }

    /**
     * Makes a set of a collection's elements.
     *
     * @param elements what it holds, in the order of iteration; of equal ones the first is kept
     * @return the set
     */
    public static FrozenSet copyOf(Collection<?> elements) {
        return owning(new LinkedHashSet<@Nullable Object>(elements));
    }

    /** Takes over a set that nobody else will write to. */
    static FrozenSet owning(Set<@Nullable Object> elements) {
        return elements.isEmpty() ? EMPTY : new FrozenSet(elements);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public boolean contains(@Nullable Object element) {
        return elements.contains(element);
    }

    @Override
    public Iterator<@Nullable Object> iterator() {
        return elements.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other != null && elements.equals(other));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
