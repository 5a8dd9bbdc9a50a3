package execnet4j.serial;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where in a value the writer is: a step for each container it is in. Noting a step allocates nothing.
 *
 * <p>As text, {@code [3]} is an element of a list or tuple, {@code ["key"]} the value of a key, {@code {0}} the first key of a
 * map or element of a set.
 */
final class Place {
    /** Of a deep place only so many steps are shown at either end. */
    private static final int SHOWN = 8;

    private static final int LONGEST_KEY = 40;

    private static final Object INDEX = new Object();
    private static final Object ELEMENT = new Object();

    /** A step a level: one of the markers above, or the key itself. */
    private @Nullable Object[] steps = new Object[4];

    private int[] indexes = new int[4];

    /** How many containers the writer is in. */
    private int depth;

    int depth() {
        return depth;
    }

    /** Goes into a container; as long as only {@link #atIndex} is called, it is a list or tuple. */
    void enter() {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
        steps[depth++] = INDEX;
    }

    void leave() {
        depth--;
    }

    void atIndex(int index) {
        indexes[depth - 1] = index;
    }

    void atElement(int index) {
        steps[depth - 1] = ELEMENT;
        indexes[depth - 1] = index;
    }

    void atKey(@Nullable Object key) {
        steps[depth - 1] = key;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (i == SHOWN && depth > 2 * SHOWN) {
                text.append("...");
                i = depth - SHOWN;
            }
            appendStep(text, i);
        }
        return text.toString();
    }

    private void appendStep(StringBuilder text, int level) {
        Object step = steps[level];
        if (step == ELEMENT) {
            text.append('{').append(indexes[level]).append('}');
        } else if (step == INDEX) {
            text.append('[').append(indexes[level]).append(']');
        } else {
            text.append('[').append(keyText(step)).append(']');
        }
    }

    /** A key in short; what may be huge, or have a toString of its own, by its type only. */
    private static String keyText(@Nullable Object key) {
        if (key instanceof String text) {
            return quoted(text);
        }
        if (key == null || key instanceof Boolean || (key instanceof Number && !(key instanceof BigInteger))) {
            return String.valueOf(key);
        }
        return key.getClass().getSimpleName();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST_KEY); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append(text.length() > LONGEST_KEY ? "...\"" : "\"").toString();
    }
}
