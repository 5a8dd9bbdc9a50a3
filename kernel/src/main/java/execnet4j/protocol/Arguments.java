package execnet4j.protocol;

import execnet4j.error.DataFormatException;
import execnet4j.serial.Bytes;
import execnet4j.serial.ExactConversion;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of tasks: what a channel carries, and what a Java parameter takes. A channel knows one kind of integer, of
 * decimal fraction and of text; the parameter's type says which of Java's is meant.
 */
public final class Arguments {
    private Arguments() {}

    /**
     * What is sent in the place of a value. Only single values change: what stands inside a collection is left as it is.
     *
     * @param value what was captured, or null
     * @return a text for a {@code char}, a wider number for a {@code byte}, {@code short} or {@code float}, else the value
     */
    public static @Nullable Object sendable(@Nullable Object value) {
        if (value instanceof Character character) {
            return character.toString();
        }
        if (value instanceof Byte || value instanceof Short) {
            return ((Number) value).intValue();
        }
        return value instanceof Float number ? (Object) number.doubleValue() : value;
    }

    /**
     * A received value as a parameter takes it.
     *
     * @param value what came, or null
     * @param type the parameter's type, which may be a primitive one
     * @return the value, a number converted exactly
     * @throws DataFormatException if it does not fit
     */
    public static @Nullable Object convert(@Nullable Object value, Class<?> type) {
        if ((type == char.class || type == Character.class) && value instanceof String text && text.length() == 1) {
            return text.charAt(0);
        }
        if (type == Bytes.class && value instanceof byte[] bytes) {
            return Bytes.of(bytes);
        }
        return ExactConversion.convert(value, type);
    }
}
