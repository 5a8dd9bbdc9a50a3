package execnet4j.serial;

import execnet4j.error.DataFormatException;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Received values as the type the receiver asks for. Numbers are converted among Byte, Short, Integer, Long, BigInteger,
 * Float, Double and BigDecimal if the result is numerically equal, and so are lists of numbers to {@code double[]}, {@code
 * float[]}, {@code int[]} and {@code long[]}, because those come as lists from a peer that is not ours; everything else must
 * be of the type already.
 */
public final class ExactConversion {
    private static final Map<Class<?>, Class<?>> WRAPPERS = Map.of(
            boolean.class, Boolean.class,
            char.class, Character.class,
            byte.class, Byte.class,
            short.class, Short.class,
            int.class, Integer.class,
            long.class, Long.class,
            float.class, Float.class,
            double.class, Double.class);

    private ExactConversion() {}

    /**
     * Converts a value.
     *
     * @param <T> the type asked for
     * @param value a value as read, or null
     * @param type the type asked for; the class of a primitive means its wrapper, and does not take null
     * @return the value as that type, null for null
     * @throws DataFormatException if it is of another type, or a number that the type cannot hold exactly
     */
    @SuppressWarnings(
            "unchecked") // Class.cast knows no primitives; the wrapper is what Class<T> of a primitive stands for
    public static <T> @Nullable T convert(@Nullable Object value, Class<T> type) {
        Class<?> wanted = WRAPPERS.getOrDefault(type, type);
        if (value == null) {
            if (type.isPrimitive()) {
                throw new DataFormatException("null is no " + type.getName());
            }
            return null;
        }
        if (wanted.isInstance(value)) {
            return (T) value;
        }
        Object converted = value instanceof Number number ? number(number, wanted) : null;
        if (value instanceof List<?> list) {
            converted = array(list, type);
        }
        if (converted == null) {
            throw new DataFormatException("a " + value.getClass().getTypeName() + " is no " + type.getTypeName()
                    + " and does not convert to one");
        }
        return (T) converted;
    }

    /** The numbers as an array of the type; null if that is no type of arrays. */
    private static @Nullable Object array(List<?> list, Class<?> type) {
        Class<?> element = type.getComponentType();
        if (element != double.class && element != float.class && element != int.class && element != long.class) {
            return null;
        }
        Object array = Array.newInstance(element, list.size());
        int index = 0;
        for (Object item : list) {
            Array.set(array, index++, convert(item, element));
        }
        return array;
    }

    /** The number as the type; null if that is no type of numbers. */
    private static @Nullable Number number(Number number, Class<?> type) {
        if (type == Double.class || type == Float.class) {
            return floating(number, type);
        }
        try {
            if (type == Integer.class) {
                return exact(number).intValueExact();
            } else if (type == Long.class) {
                return exact(number).longValueExact();
            } else if (type == Short.class) {
                return exact(number).shortValueExact();
            } else if (type == Byte.class) {
                return exact(number).byteValueExact();
            } else if (type == BigInteger.class) {
                return exact(number).toBigIntegerExact();
            } else if (type == BigDecimal.class) {
                return exact(number);
            }
            return null;
        } catch (ArithmeticException | NumberFormatException e) {
            throw inexact(number, type, e);
        }
    }

    private static Number floating(Number number, Class<?> type) {
        double converted = type == Float.class ? number.floatValue() : number.doubleValue();
        boolean equal;
        if (number instanceof Double || number instanceof Float) {
            equal = Double.compare(converted, number.doubleValue()) == 0;
        } else {
            equal = !Double.isInfinite(converted) && new BigDecimal(converted).compareTo(exact(number)) == 0;
        }
        if (!equal) {
            throw inexact(number, type, null);
        }
        if (type == Float.class) {
            return (float) converted;
        }
        return converted;
    }

    /** The number itself; a NumberFormatException if it is infinite or NaN. */
    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            return new BigDecimal(number.doubleValue());
        }
        return BigDecimal.valueOf(number.longValue());
    }

    private static DataFormatException inexact(Number number, Class<?> type, @Nullable Exception cause) {
        String shown = number instanceof BigInteger ? "the number" : number.toString();
        return new DataFormatException(
                shown + ", a " + number.getClass().getSimpleName() + ", is not exactly a " + type.getSimpleName(),
                cause);
    }
}
