package execnet4j.serial;

import static execnet4j.serial.Values.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.DumpException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ValueWriterTest {
    private static void assertRefused(@Nullable Object value, WriteOptions options, String... parts) {
        assertThatThrownBy(() -> ValueWriter.write(value, ChannelResolver.NONE, options))
                .isInstanceOf(DumpException.class)
                .hasMessageContainingAll(parts);
    }

    private static void assertRefused(@Nullable Object value, String... parts) {
        assertRefused(value, WriteOptions.DEFAULT, parts);
    }

    private static void assertRefusedForPython(Object value, String... parts) {
        assertThatCode(() -> Values.write(value)).doesNotThrowAnyException();
        assertRefused(value, WriteOptions.PYTHON, parts);
    }

    private static Set<@Nullable Object> set(@Nullable Object... elements) {
        return new LinkedHashSet<>(Arrays.asList(elements));
    }

    @Test
    void placeAndTypeOfWhatIsUnknownAreNamed() {
        Object value = List.of(0, 1, 2, map("key", Instant.EPOCH));
        assertRefused(value, "the value at [3][\"key\"]", "java.time.Instant");
        assertRefused(Tuple.of(1, map(Tuple.of(5), List.of('c'))), "[1][Tuple][0]", "java.lang.Character");
        assertRefused(map(5L, new short[0]), "[5]", "short[]");
        assertRefused(map(null, new Object[0]), "[null]", "java.lang.Object[]");
        assertRefused(set(1, DayOfWeek.MONDAY), "{1}", "java.time.DayOfWeek");
        assertRefused(Instant.EPOCH, "cannot serialize the value: java.time.Instant");
        assertRefused(map("\n".repeat(50), Instant.EPOCH), "[\"\\u000a\\u000a", "...\"]");
    }

    @Test
    void numbersThatAreNoneOfTheKnownTypesAreRefused() {
        assertRefused(new AtomicInteger(), "AtomicInteger");
        assertRefused(BigDecimal.ONE, "BigDecimal");
    }

    @Test
    void whatCannotBeAKeyIsRefusedWithWhatCan() {
        assertRefused(map(1, 2, List.of(), 3), "{1}", "ImmutableCollections", "use Tuple");
        assertRefused(map(new byte[0], 3), "{0}", "byte[]", "use Bytes");
        assertRefused(map(new double[0], 3), "{0}", "double[]", "use Tuple");
        assertRefused(set(Set.of()), "{0}", "use FrozenSet");
        assertRefused(set(Map.of()), "{0}", "FrozenSet of Tuples");
        assertRefused(List.of(FrozenSet.of(Tuple.of(1, List.of()))), "[0]{0}[1]", "use Tuple");
        assertThat(Values.write(Tuple.of(List.of(), new byte[0]))).isNotEmpty();
    }

    @Test
    void loneSurrogatesAreRefused() {
        assertRefused(List.of("\ud83d"), "[0]", "surrogate");
        assertRefused("text \ude00", "surrogate");
        assertRefused("\ud83d\ud83d\ude00", "surrogate");
        assertRefused(map("\ud83d", 1), "{0}", "surrogate");
    }

    @Test
    void cyclesEndAtTheDepthLimit() {
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertRefused(cycle, "more than 500 deep", "contain itself", "[0][0]...[0]");
        Map<@Nullable Object, @Nullable Object> map = map();
        map.put("self", Tuple.of(map));
        assertRefused(map, "more than 500 deep");
    }

    @Test
    void limitsHold() {
        WriteOptions options = new WriteOptions(new Limits(2, 3, 30, 20), false, false);
        assertRefused(List.of(List.of(List.of())), options, "[0][0]", "more than 2 deep");
        assertRefused(List.of(1, 2, 3, 4), options, "more than 3 elements");
        assertRefused(map(1, 2, 3, 4), options, "more than 3 elements");
        assertRefused("x".repeat(25), options, "more than 30 bytes");
        assertRefused("\u00fc".repeat(14), options, "more than 30 bytes");
        assertRefused(new byte[1_000], options, "more than 30 bytes");
        assertRefused(BigInteger.TEN.pow(20).negate(), options, "more than 20 decimal digits");
        assertThat(ValueWriter.write("x".repeat(24), ChannelResolver.NONE, options))
                .hasSize(30);
        assertThat(ValueWriter.write(BigInteger.TEN.pow(20).subtract(BigInteger.ONE), ChannelResolver.NONE, options))
                .hasSize(26);
    }

    private static void assertRefusedWhenChanged(Object collection, Runnable change) {
        ChannelResolver changing = new ChannelResolver() {
            @Override
            public int idOf(Object value) {
                change.run();
                return 3;
            }

            @Override
            public Object channel(int id) {
                throw new AssertionError();
            }
        };
        assertThatThrownBy(() -> ValueWriter.write(collection, changing, WriteOptions.DEFAULT))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("changed while");
    }

    @Test
    void aCollectionChangedMeanwhileIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(new Object());
        assertRefusedWhenChanged(list, () -> list.add(1));
    }

    @Test
    void aConcurrentCollectionChangedMeanwhileIsRefusedToo() {
        Map<String, Object> map = new ConcurrentSkipListMap<>();
        map.put("a", new Object());
        map.put("b", 1);
        assertRefusedWhenChanged(map, () -> map.put("c", 2));
    }

    @Test
    void forPythonIntegersHaveAtMost4300Digits() {
        assertRefusedForPython(List.of(BigInteger.TEN.pow(4_300)), "[0]", "more than 4300 decimal digits");
        assertThat(ValueWriter.write(BigInteger.TEN.pow(4_299).negate(), ChannelResolver.NONE, WriteOptions.PYTHON))
                .isNotEmpty();
    }

    @Test
    void forPythonKeysThatItHoldsEqualAreRefused() {
        assertRefusedForPython(set(1, 1.0), "Integer 1 and Double 1.0", "one for Python");
        assertRefusedForPython(set(true, 1), "Boolean");
        assertRefusedForPython(List.of(map(false, "a", 0.0, "b")), "[0]", "Double 0.0");
        assertRefusedForPython(set(0.0, -0.0), "one for Python");
        assertRefusedForPython(set(0x1p100, BigInteger.TWO.pow(100)), "one for Python");
        assertRefusedForPython(set(new Complex(2, 0), 2), "one for Python");
        assertRefusedForPython(set(new Complex(0.0, 1), new Complex(-0.0, 1)), "one for Python");
        assertRefusedForPython(set(Tuple.of(1, "a"), Tuple.of(1.0, "a")), "one for Python");
        assertRefusedForPython(set(FrozenSet.of(1, Tuple.of(true)), FrozenSet.of(1.0, Tuple.of(1))), "one for Python");
        assertRefusedForPython(FrozenSet.of(1, true), "one for Python");
    }

    @Test
    void forPythonKeysThatItHoldsDistinctAreWritten() {
        Object distinct = set(
                1,
                2.0,
                1.5,
                "1",
                Bytes.ofUtf8("1"),
                null,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                new Complex(1, 1),
                Tuple.of(1),
                FrozenSet.of(1),
                FrozenSet.of(Double.NaN),
                Long.MAX_VALUE,
                (double) Long.MAX_VALUE);
        assertThat(ValueWriter.write(distinct, ChannelResolver.NONE, WriteOptions.PYTHON))
                .isEqualTo(Values.write(distinct));
    }

    @Test
    @DisplayName("Keys that would be read back as one are refused whoever reads them")
    void keysThatAreOneForTheReader() {
        assertRefused(map(1, "a", 1L, "b"), "Integer 1 and Long 1", "one for the reader");
        assertRefused(set(1.5, 1.5f), "one for the reader");
        assertRefused(set(Tuple.of(1L), Tuple.of(BigInteger.ONE)), "one for the reader");
        assertThat(Values.write(set(1, 1.0, true, 0.0, -0.0))).isNotEmpty();
    }
}
