package execnet4j.live;

import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A text that is the same exactly for values that are the same to a receiver: in kind, content and, but for sets, order. */
final class Form {
    private Form() {}

    static String of(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes" + Arrays.toString(bytes);
        } else if (value instanceof double[] array) {
            return "double[]" + Arrays.toString(array);
        } else if (value instanceof float[] array) {
            return "float[]" + Arrays.toString(array);
        } else if (value instanceof int[] array) {
            return "int[]" + Arrays.toString(array);
        } else if (value instanceof long[] array) {
            return "long[]" + Arrays.toString(array);
        } else if (value instanceof List<?> list) {
            return "list" + inOrder(list);
        } else if (value instanceof Tuple tuple) {
            return "tuple" + inOrder(tuple.asList());
        } else if (value instanceof FrozenSet set) {
            return "frozenset" + sorted(set);
        } else if (value instanceof Set<?> set) {
            return "set" + sorted(set);
        } else if (value instanceof Map<?, ?> map) {
            return "map" + inOrder(map.keySet()) + inOrder(map.values());
        }
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    private static String inOrder(Collection<?> items) {
        return items.stream().map(Form::of).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String sorted(Collection<?> items) {
        return items.stream().map(Form::of).sorted().collect(Collectors.joining(", ", "(", ")"));
    }
}
