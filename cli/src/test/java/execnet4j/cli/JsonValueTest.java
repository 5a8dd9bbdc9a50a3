package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.serial.Bytes;
import execnet4j.serial.Complex;
import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValueTest {
    @Test
    void plainValues() throws IOException {
        assertThat(JsonValue.text(null)).isEqualTo("null");
        assertThat(JsonValue.text(true)).isEqualTo("true");
        assertThat(JsonValue.text(-7)).isEqualTo("-7");
        assertThat(JsonValue.text(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(JsonValue.text(BigInteger.TEN.pow(30))).isEqualTo("1" + "0".repeat(30));
        assertThat(JsonValue.text(1.0)).isEqualTo("1.0");
        assertThat(JsonValue.text("é \"x\"\n\u0001")).isEqualTo("\"é \\\"x\\\"\\n\\u0001\"");
    }

    @Test
    void valuesThatJsonHasNoFormFor() throws IOException {
        assertThat(JsonValue.text(Double.NaN)).isEqualTo("\"NaN\"");
        assertThat(JsonValue.text(Double.NEGATIVE_INFINITY)).isEqualTo("\"-Infinity\"");
        assertThat(JsonValue.text(new byte[] {1, 2, -1})).isEqualTo("\"AQL/\"");
        assertThat(JsonValue.text(Bytes.of((byte) 1, (byte) 2, (byte) -1))).isEqualTo("\"AQL/\"");
        assertThat(JsonValue.text(new Complex(1.5, -2))).isEqualTo("[1.5,-2.0]");
    }

    @Test
    void collections() throws IOException {
        assertThat(JsonValue.text(Arrays.asList(1, null, List.of()))).isEqualTo("[1,null,[]]");
        assertThat(JsonValue.text(Tuple.of("a", Tuple.of()))).isEqualTo("[\"a\",[]]");
        assertThat(JsonValue.text(new LinkedHashSet<>(List.of(3, 1)))).isEqualTo("[3,1]");
        assertThat(JsonValue.text(FrozenSet.of("a"))).isEqualTo("[\"a\"]");
    }

    @Test
    void arraysOfNumbers() throws IOException {
        assertThat(JsonValue.text(new double[] {1.5, Double.NaN})).isEqualTo("[1.5,\"NaN\"]");
        assertThat(JsonValue.text(new float[] {0.5f})).isEqualTo("[0.5]");
        assertThat(JsonValue.text(new int[] {1, -2})).isEqualTo("[1,-2]");
        assertThat(JsonValue.text(List.of(new long[] {1L << 40}))).isEqualTo("[[1099511627776]]");
    }

    @Test
    void keysThatAreNotTextBecomeTheirJsonText() throws IOException {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put(2, Map.of());
        map.put(Tuple.of(1, "x"), null);
        map.put(null, true);
        assertThat(JsonValue.text(map)).isEqualTo("{\"b\":1,\"2\":{},\"[1,\\\"x\\\"]\":null,\"null\":true}");
    }

    @Test
    void twoKeysWithOneTextAreRefused() {
        assertThatThrownBy(() -> JsonValue.text(Map.of("1", "a", 1, "b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("two keys that are both \"1\"");
    }

    @Test
    void otherTypesAreRefused() {
        assertThatThrownBy(() -> JsonValue.text(List.of(new Object())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void bottomlessNestingIsRefused() {
        List<Object> nested = new ArrayList<>();
        nested.add(nested);
        assertThatThrownBy(() -> JsonValue.text(nested))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("depth");
    }
}
