package execnet4j.serial;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the keys of one map or set that share a hash code. A hash table takes time in proportion to the square of their
 * number, unless they are of one type that has an order; without a bound, a few hundred kilobytes made for the purpose
 * would keep the reader busy for minutes.
 */
final class CollisionGuard {
    /** So many keys may share a hash code. A map or set that has fewer keys needs no guard. */
    static final int MOST = 1_000;

    private final Map<Integer, Integer> counts = new HashMap<>();

    /** Starts with keys that are there already. */
    CollisionGuard(Collection<?> keys) {
        for (Object key : keys) {
            boolean unused = admits(key);
        }
    }

    /** Counts a key; false if too many share its hash code. */
    boolean admits(@Nullable Object key) {
        return isHarmless(key) || counts.merge(Objects.hashCode(key), 1, Integer::sum) <= MOST;
    }

    /** Whether a key needs no counting: of these a hash table makes a tree, and nearly all keys are such. */
    static boolean isHarmless(@Nullable Object key) {
        return key instanceof String || key instanceof Integer || key == null;
    }
}
