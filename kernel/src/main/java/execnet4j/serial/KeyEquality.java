package execnet4j.serial;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds keys that are two for Java but one for whoever reads them. */
final class KeyEquality {
    private final boolean forPython;

    /**
     * For Python, numbers are equal by value, whatever their types; else two keys are equal if they are read back as equal
     * objects, such as an Integer and a Long of the same value.
     */
    KeyEquality(boolean forPython) {
        this.forPython = forPython;
    }

    /** Two keys that the reader takes for one, as text; null if all are distinct. All must be keys that can be written. */
    @Nullable
    String findEqual(Collection<?> keys) {
        if (areOfOnePlainType(keys)) {
            return null;
        }
        Map<@Nullable Object, @Nullable Object> seen = new HashMap<>();
        for (Object key : keys) {
            Object form = form(key);
            if (seen.containsKey(form)) {
                return described(seen.get(form)) + " and " + described(key);
            }
            seen.put(form, key);
        }
        return null;
    }

    /** True if equality as Java has it is enough, as nearly always. */
    private static boolean areOfOnePlainType(Collection<?> keys) {
        Class<?> type = null;
        for (Object key : keys) {
            if (key == null || (type != null && key.getClass() != type)) {
                return false;
            }
            type = key.getClass();
        }
        return type == null
                || type == String.class
                || type == Integer.class
                || type == Long.class
                || type == Bytes.class;
    }

    private static String described(@Nullable Object key) {
        if (key == null) {
            return "null";
        }
        String type = key.getClass().getSimpleName();
        return key instanceof Number && !(key instanceof BigInteger) ? type + " " + key : "a " + type;
    }

    /** What is equal for two keys exactly if the reader holds them equal. */
    private @Nullable Object form(@Nullable Object key) {
        if (key instanceof BigInteger number) {
            return IntegerText.smallest(number);
        }
        if (key instanceof Double || key instanceof Float) {
            return form(((Number) key).doubleValue());
        }
        if (key instanceof Number number) {
            return IntegerText.smallest(number.longValue());
        }
        if (key instanceof Boolean truth && forPython) {
            return truth ? 1 : 0;
        }
        if (key instanceof Complex complex && forPython) {
            return form(complex);
        }
        if (key instanceof Tuple tuple) {
            return Tuple.owning(forms(tuple.asList()));
        }
        if (key instanceof FrozenSet set) {
            return FrozenSet.of(forms(set));
        }
        return key;
    }

    private @Nullable Object[] forms(Collection<?> keys) {
        @Nullable Object[] forms = keys.toArray();
        for (int i = 0; i < forms.length; i++) {
            forms[i] = form(forms[i]);
        }
        return forms;
    }

    private Object form(double number) {
        if (!forPython || Double.isInfinite(number)) {
            return number;
        }
        if (Double.isNaN(number)) {
            return new Object(); // equals nothing
        }
        if (number == Math.rint(number)) {
            return IntegerText.smallest(new BigDecimal(number).toBigInteger());
        }
        return number;
    }

    private Object form(Complex number) {
        if (number.imaginary() == 0) {
            return form(number.real());
        }
        if (Double.isNaN(number.real()) || Double.isNaN(number.imaginary())) {
            return new Object(); // equals nothing
        }
        return new Complex(number.real() + 0.0, number.imaginary()); // -0.0 becomes 0.0
    }
}
