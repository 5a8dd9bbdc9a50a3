package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.DataFormatException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExactConversionTest {
    private static void assertConverts(Object from, Object to) {
        Class<?> type = to.getClass();
        assertThat((Object) ExactConversion.convert(from, type))
                .isExactlyInstanceOf(to.getClass())
                .isEqualTo(to);
    }

    private static void assertRefused(@Nullable Object value, Class<?> type, String part) {
        assertThatThrownBy(() -> ExactConversion.convert(value, type))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(part);
    }

    @Test
    void numbersConvertWhereTheyAreEqual() {
        assertConverts(7, 7L);
        assertConverts(7, (byte) 7);
        assertConverts(7, (short) 7);
        assertConverts(7, 7.0);
        assertConverts(7, 7.0f);
        assertConverts(7, BigInteger.valueOf(7));
        assertConverts(7, BigDecimal.valueOf(7));
        assertConverts(7.0, 7);
        assertConverts(-0.0, 0);
        assertConverts(1L << 40, (double) (1L << 40));
        assertConverts(0x1p1000, BigInteger.TWO.pow(1000));
        assertConverts(BigInteger.TWO.pow(100), 0x1p100);
        assertConverts(0.5, 0.5f);
        assertConverts(Double.NaN, Float.NaN);
        assertConverts(Double.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY);
    }

    @Test
    void whatATypeCannotHoldExactlyIsRefused() {
        assertRefused(128, Byte.class, "128, a Integer, is not exactly a Byte");
        assertRefused(1L << 31, int.class, "not exactly a Integer");
        assertRefused(1.5, Long.class, "1.5, a Double");
        assertRefused(Double.NaN, Integer.class, "NaN");
        assertRefused(Double.POSITIVE_INFINITY, BigInteger.class, "Infinity");
        assertRefused(Double.POSITIVE_INFINITY, BigDecimal.class, "Infinity");
        assertRefused(Integer.MAX_VALUE, Float.class, "Float");
        assertRefused(Long.MAX_VALUE, Double.class, "Double");
        assertRefused(BigInteger.TEN.pow(400), double.class, "Double");
        assertRefused(BigInteger.TEN.pow(400), long.class, "Long");
        assertRefused(0.1, Float.class, "0.1");
        assertRefused(1e300, Float.class, "Float");
    }

    @Test
    void primitivesMeanTheirWrappersAndTakeNoNull() {
        assertThat((Object) ExactConversion.convert(7L, int.class)).isEqualTo(7);
        assertThat((Object) ExactConversion.convert(true, boolean.class)).isEqualTo(true);
        assertRefused(null, int.class, "null is no int");
        assertThat(ExactConversion.convert(null, Integer.class)).isNull();
    }

    @Test
    void listsOfNumbersBecomeArraysOfThem() {
        assertThat(ExactConversion.convert(List.of(1, 2.5, 3L), double[].class)).containsExactly(1, 2.5, 3);
        assertThat(ExactConversion.convert(List.of(1.5), float[].class)).containsExactly(1.5f);
        assertThat(ExactConversion.convert(List.of(1, 2), int[].class)).containsExactly(1, 2);
        assertThat(ExactConversion.convert(List.of(1L << 40), long[].class)).containsExactly(1L << 40);
        assertThat(ExactConversion.convert(new int[] {1}, int[].class)).containsExactly(1);
        assertRefused(List.of(1, 0.1), float[].class, "0.1");
        assertRefused(List.of(1, 2.5), int[].class, "2.5");
        assertRefused(List.of("1"), double[].class, "java.lang.String is no double");
        assertRefused(List.of(1), byte[].class, "is no byte[]");
        assertRefused(List.of(1), String[].class, "is no java.lang.String[]");
    }

    @Test
    void otherTypesAreCast() {
        assertThat(ExactConversion.convert("text", CharSequence.class)).isEqualTo("text");
        assertThat((Object) ExactConversion.convert(List.of(1), List.class)).isEqualTo(List.of(1));
        assertThat(ExactConversion.convert(7, Number.class)).isEqualTo(7);
        assertThat(ExactConversion.convert(7, Object.class)).isEqualTo(7);
        assertRefused("7", Integer.class, "java.lang.String is no java.lang.Integer");
        assertRefused(7, String.class, "java.lang.Integer is no java.lang.String");
        assertRefused(1, boolean.class, "is no boolean");
        assertRefused(true, Integer.class, "java.lang.Boolean is no");
        assertRefused(new Object[0], byte[].class, "java.lang.Object[] is no byte[]");
    }
}
