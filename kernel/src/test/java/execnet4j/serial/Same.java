package execnet4j.serial;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sameness of values as a receiver sees it: types, contents and order, arrays by content. */
final class Same {
    private Same() {}

    static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof double[] a && right instanceof double[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof float[] a && right instanceof float[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof int[] a && right instanceof int[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof long[] a && right instanceof long[] b) {
            return Arrays.equals(a, b);
        }
        if (left instanceof Tuple a && right instanceof Tuple b) {
            return same(a.asList(), b.asList());
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return inOrder(a, b);
        }
        if (left instanceof Set<?> a && right instanceof Set<?> b) {
            return (a instanceof FrozenSet) == (b instanceof FrozenSet) && inOrder(a, b);
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return inOrder(a.keySet(), b.keySet()) && inOrder(a.values(), b.values());
        }
        return left == null ? right == null : left.equals(right);
    }

    private static boolean inOrder(Collection<?> left, Collection<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        Iterator<?> others = right.iterator();
        for (Object each : left) {
            if (!same(each, others.next())) {
                return false;
            }
        }
        return true;
    }
}
