package execnet4j.serial;

import execnet4j.error.LoadException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes keys and elements of what was read. */
final class KeyForm {
    private KeyForm() {}

    /**
     * The value as a key: bytes with {@code equals}, also within tuples. Each value is a key at most once, so that this is
     * linear in the length of the data however tuples and sets stand in each other.
     */
    static @Nullable Object hashable(@Nullable Object value, Operands in) {
        if (value == null || value instanceof Number || value instanceof String) {
            return value;
        }
        if (value instanceof byte[] content) {
            return Bytes.owning(content);
        }
        if (value instanceof Tuple tuple) {
            return hashable(tuple, in);
        }
        if (value instanceof List || value instanceof Map || (value instanceof Set && !(value instanceof FrozenSet))) {
            throw unhashable(value, in);
        }
        if (PackedArray.of(value) != null) {
            throw unhashable(value, in);
        }
        return value;
    }

    private static Tuple hashable(Tuple tuple, Operands in) {
        @Nullable Object[] changed = null;
        for (int i = 0; i < tuple.size(); i++) {
            Object item = tuple.get(i);
            Object form = hashable(item, in);
            if (form != item) {
                if (changed == null) {
                    changed = tuple.asList().toArray();
                }
                changed[i] = form;
            }
        }
        return changed == null ? tuple : Tuple.owning(changed);
    }

    private static LoadException unhashable(Object value, Operands in) {
        String kind =
                value instanceof List ? "list" : value instanceof Map ? "map" : value instanceof Set ? "set" : "array";
        return in.failure("a " + kind + " as key of a map or element of a set");
    }
}
