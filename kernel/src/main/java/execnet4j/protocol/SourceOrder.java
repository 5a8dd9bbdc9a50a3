package execnet4j.protocol;

import execnet4j.serial.Tuple;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The EXEC payload that execnet itself knows: source text, where our coordinator sends our JVM workers a {@link TaskOrder}.
 * Its fourth item, the arguments of a function, is left out: such a master calls functions of Python only.
 *
 * @param text the source
 * @param file the name of the file it is from, null for mere text
 * @param function the function of it to call, null to run the text
 */
public record SourceOrder(
        String text, @Nullable String file, @Nullable String function) {
    /**
     * Reads an order.
     *
     * @param value the value of an EXEC payload
     * @return the order, or null if it is something else
     */
    public static @Nullable SourceOrder of(@Nullable Object value) {
        if (value instanceof Tuple order
                && order.size() == 4
                && order.get(0) instanceof String text
                && isTextOrNull(order.get(1))
                && isTextOrNull(order.get(2))
                && order.get(3) instanceof Map) {
            return new SourceOrder(text, (String) order.get(1), (String) order.get(2));
        }
        return null;
    }

    private static boolean isTextOrNull(@Nullable Object value) {
        return value == null || value instanceof String;
    }
}
