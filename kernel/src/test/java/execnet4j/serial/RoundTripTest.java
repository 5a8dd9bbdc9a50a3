package execnet4j.serial;

import static execnet4j.serial.Values.map;
import static execnet4j.serial.Values.program;
import static execnet4j.serial.Values.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static void assertSurvives(@Nullable Object value) {
        Object read = roundTrip(value);
        assertThat(Same.same(read, value)).as("%s came back as %s", value, read).isTrue();
    }

    @Test
    @DisplayName("S01 int, float, complex, list, tuple and a map with a tuple as key keep type and content")
    void plainValues() {
        assertSurvives(Arrays.asList(
                0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 3.25, -0.0, Double.NaN, new Complex(1.5, -2), null));
        assertSurvives(Tuple.of(1, List.of("a"), Tuple.of(2.5)));
        assertSurvives(map(Tuple.of(1, 2), "x", "y", List.of(map("z", null))));
    }

    @Test
    @DisplayName("S02 a set and the empty set come as sets that can be changed")
    void sets() {
        assertSurvives(new LinkedHashSet<>(List.of(3, 1, 2)));
        assertSurvives(Set.of());
        assertThat(roundTrip(Set.of(1))).isExactlyInstanceOf(LinkedHashSet.class);
    }

    @Test
    @DisplayName("S03 a frozenset, also within a set")
    void frozenSets() {
        assertSurvives(FrozenSet.of("x", 1, null));
        assertSurvives(FrozenSet.of());
        assertSurvives(new LinkedHashSet<>(List.of(FrozenSet.of(1), FrozenSet.of(FrozenSet.of(2)))));
    }

    @Test
    @DisplayName("S04 integers beyond 64 bits, either sign")
    void bigIntegers() {
        assertSurvives(BigInteger.TWO.pow(63));
        assertSurvives(BigInteger.TWO.pow(63).add(BigInteger.ONE).negate());
        assertSurvives(BigInteger.TEN.pow(3_000));
    }

    @Test
    @DisplayName("Integers come as the smallest type that holds them, whatever they were; below -2^31 too")
    void integersBySize() {
        assertThat(roundTrip((byte) -7)).isEqualTo(-7);
        assertThat(roundTrip((short) 700)).isEqualTo(700);
        assertThat(roundTrip(7L)).isEqualTo(7);
        assertThat(roundTrip(BigInteger.TEN)).isEqualTo(10);
        assertThat(roundTrip(Integer.MIN_VALUE - 1L)).isEqualTo(Integer.MIN_VALUE - 1L);
        assertThat(roundTrip(Integer.MAX_VALUE + 1L)).isEqualTo(Integer.MAX_VALUE + 1L);
        assertThat(roundTrip(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(roundTrip(BigInteger.valueOf(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(roundTrip(1.1f)).isEqualTo((double) 1.1f);
    }

    @Test
    @DisplayName("S05 bytes: a byte[] as a value, Bytes as a key, as an element and in a tuple that is one")
    void bytes() {
        assertSurvives(new byte[] {0, -1, 127});
        assertSurvives(new byte[0]);
        assertThat(roundTrip(Bytes.of((byte) 1))).isEqualTo(new byte[] {1});
        Bytes key = Bytes.ofUtf8("k");
        assertSurvives(map(key, 1, Tuple.of(key, Tuple.of(key)), 2));
        assertSurvives(new LinkedHashSet<>(List.of(key, Tuple.of(key))));
        assertSurvives(FrozenSet.of(key));
        assertThat(roundTrip(Tuple.of(key)))
                .isInstanceOfSatisfying(
                        Tuple.class, tuple -> assertThat(tuple.get(0)).isEqualTo(new byte[] {'k'}));
    }

    @Test
    @DisplayName("S06 text, of every length of UTF-8 and with what looks like a replacement")
    void text() {
        assertSurvives("");
        assertSurvives("plain");
        assertSurvives("a\u0000b");
        assertSurvives("\u007f\u0080\u07ff\u0800\uffff\ufffd");
        assertSurvives("ascii first, then \u20ac and \ud83d\ude00 and ascii");
        assertSurvives("\u00fc".repeat(100_000));
    }

    @Test
    @DisplayName("S07 a unicode literal of Python 2 is text")
    void unicode() {
        assertThat(Values.read(program('S', 3, "\u20ac", 'Q'))).isEqualTo("\u20ac");
    }

    @Test
    @DisplayName("S08 S09 booleans and null")
    void constants() {
        assertSurvives(true);
        assertSurvives(false);
        assertSurvives(null);
    }

    @Test
    @DisplayName("S10 a tuple with an empty tuple inside")
    void emptyTuple() {
        assertSurvives(Tuple.of(1, Tuple.of(), 2));
    }

    @Test
    @DisplayName("S11 the legacy string opcode loads as bytes by default, as text where that is asked for")
    void legacyString() {
        byte[] payload = program('M', 2, new byte[] {'a', -1}, 'Q');
        assertThat(ValueReader.read(payload, ChannelResolver.NONE, ReadOptions.DEFAULT))
                .isEqualTo(new byte[] {'a', -1});
        assertThat(ValueReader.read(payload, ChannelResolver.NONE, ReadOptions.CHANNEL))
                .isEqualTo("a\u00ff");
    }

    @Test
    @DisplayName("Text becomes its bytes where that is asked for, also as a key")
    void textAsBytes() {
        ReadOptions options = new ReadOptions(Limits.DEFAULT, false, true);
        Object read = ValueReader.read(Values.write(map("k", "\u00fc")), ChannelResolver.NONE, options);
        assertThat(Same.same(read, map(Bytes.ofUtf8("k"), new byte[] {(byte) 0xC3, (byte) 0xBC})))
                .isTrue();
    }

    @Test
    @DisplayName("Lists and maps come as ArrayList and LinkedHashMap, in order")
    void collectionTypes() {
        assertThat(roundTrip(List.of(1))).isExactlyInstanceOf(ArrayList.class);
        assertThat(roundTrip(map("b", 1, "a", 2))).isExactlyInstanceOf(LinkedHashMap.class);
        assertSurvives(map("b", 1, "a", 2, null, 3, true, 4, 1.5, 5, new Complex(0, 1), 6));
    }
}
