package execnet4j.protocol;

import execnet4j.error.LoadException;
import execnet4j.serial.Tuple;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a {@link TaskOrder} as they came over the wire; whatever is not as it must be is a {@link LoadException}. */
final class OrderFields {
    private final String what;
    private final Map<?, ?> fields;

    private OrderFields(String what, Map<?, ?> fields) {
        this.what = what;
        this.fields = fields;
    }

    static OrderFields of(String what, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new OrderFields(what, map);
        }
        throw new LoadException(what + " is no map but " + typeOf(value));
    }

    void size(int expected) {
        if (fields.size() != expected) {
            throw new LoadException(what + " has " + fields.size() + " parts, not " + expected);
        }
    }

    <T> T get(Object key, Class<T> type) {
        Object value = fields.get(key);
        if (!type.isInstance(value)) {
            throw new LoadException(
                    "part " + key + " of " + what + " is " + typeOf(value) + ", not " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** A tuple as fields that are numbered from 0. */
    OrderFields items(String key) {
        Map<Integer, @Nullable Object> items = new LinkedHashMap<>();
        for (Object item : get(key, Tuple.class)) {
            items.put(items.size(), item);
        }
        return new OrderFields(key, items);
    }

    /** A map from class names or hashes. */
    <T> Map<String, T> map(String key, Class<T> type) {
        OrderFields entries = new OrderFields(key, get(key, Map.class));
        Map<String, T> map = new LinkedHashMap<>();
        for (Object name : entries.fields.keySet()) {
            if (!(name instanceof String text) || !CodeNames.isBinaryName(text)) {
                throw new LoadException("a key of " + key + " is no name: " + typeOf(name));
            }
            map.put(text, entries.get(text, type));
        }
        return map;
    }

    String className(int index) {
        String name = get(index, String.class);
        if (!CodeNames.isBinaryName(name)) {
            throw new LoadException("part " + index + " of " + what + " is no class name");
        }
        return name;
    }

    void literal(int index, String expected) {
        if (!get(index, String.class).equals(expected)) {
            throw new LoadException("part " + index + " of " + what + " is not " + expected);
        }
    }

    int between(int index, int lowest, int highest) {
        int value = get(index, Integer.class);
        if (value < lowest || value > highest) {
            throw new LoadException(
                    "part " + index + " of " + what + " is " + value + ", not " + lowest + " to " + highest);
        }
        return value;
    }

    <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        String name = get(key, String.class);
        for (E each : type.getEnumConstants()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new LoadException("part " + key + " of " + what + " is unknown");
    }

    private static String typeOf(@Nullable Object value) {
        return value == null ? "absent" : value.getClass().getSimpleName();
    }
}
