package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values go over to stock execnet and come from it, live. */
class StockSerializerTest {
    private static StockSerializer stock;

    @BeforeAll
    static void start() throws IOException {
        stock = StockSerializer.start();
    }

    @AfterAll
    static void stop() throws IOException {
        stock.close();
    }

    /** Values, equal by equals, and what they are in Python. Sets have one element: Python's order is its own. */
    static Stream<Arguments> values() {
        Map<@Nullable Object, @Nullable Object> odd = new LinkedHashMap<>();
        odd.put(null, 0);
        odd.put(true, Arrays.asList((Object) null));
        odd.put(Tuple.of(2, Bytes.ofUtf8("b")), "tuple");
        odd.put(FrozenSet.of(Tuple.of()), 1.5);
        odd.put(new Complex(0, 1), Set.of("x"));
        return Stream.of(
                Arguments.of(null, "None"),
                Arguments.of(true, "True"),
                Arguments.of(false, "False"),
                Arguments.of(0, "0"),
                Arguments.of(Integer.MAX_VALUE, "2**31 - 1"),
                Arguments.of(Integer.MIN_VALUE, "-2**31"),
                Arguments.of(1L << 31, "2**31"),
                Arguments.of(Long.MAX_VALUE, "2**63 - 1"),
                Arguments.of(BigInteger.TWO.pow(63), "2**63"),
                Arguments.of(BigInteger.TEN.pow(4_299), "10**4299"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(-0.0, "-0.0"),
                Arguments.of(Double.NaN, "float('nan')"),
                Arguments.of(Double.NEGATIVE_INFINITY, "-float('inf')"),
                Arguments.of(Double.MIN_VALUE, "5e-324"),
                Arguments.of(new Complex(1, -2.5), "1-2.5j"),
                Arguments.of("", "''"),
                Arguments.of("a\u0000\u00fc\u20ac\ud83d\ude00\ufffd", "'a\\x00\\xfc\\u20ac\\U0001f600\\ufffd'"),
                Arguments.of("\u00fc".repeat(10_000), "'\\xfc' * 10000"),
                Arguments.of(List.of(1, List.of(), List.of("a")), "[1, [], ['a']]"),
                Arguments.of(Tuple.of(Tuple.of(), 1), "((), 1)"),
                Arguments.of(Map.of(), "{}"),
                Arguments.of(odd, "{None: 0, True: [None], (2, b'b'): 'tuple', frozenset({()}): 1.5, 1j: {'x'}}"),
                Arguments.of(Set.of(), "set()"),
                Arguments.of(Set.of(FrozenSet.of(7)), "{frozenset({7})}"),
                Arguments.of(FrozenSet.of(), "frozenset()"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatWeDumpStockLoads(@Nullable Object value, String expression) throws IOException {
        byte[] payload = ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.PYTHON);
        assertThat(stock.load(payload, expression)).isEqualTo("equal");
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatStockDumpsWeLoad(@Nullable Object value, String expression) throws IOException {
        byte[] payload = stock.dump(expression);
        Object loaded = ValueReader.read(payload, ChannelResolver.NONE, ReadOptions.CHANNEL);
        assertThat(loaded).isEqualTo(value);
        assertThat(ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.PYTHON))
                .isEqualTo(payload);
    }

    @Test
    @DisplayName("Bytes go both ways; in a tuple too")
    void bytes() throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        byte[] payload = ValueWriter.write(Tuple.of(all, Bytes.of(all)), ChannelResolver.NONE, WriteOptions.PYTHON);
        assertThat(stock.load(payload, "(bytes(range(256)),) * 2")).isEqualTo("equal");
        Object loaded = ValueReader.read(stock.dump("bytes(range(256))"), ChannelResolver.NONE, ReadOptions.CHANNEL);
        assertThat(loaded).isEqualTo(all);
    }

    @Test
    @DisplayName("Integers below -2^31, which stock execnet cannot write, it reads")
    void integersBelowInt32() throws IOException {
        for (Object number : List.of(
                Integer.MIN_VALUE - 1L, Long.MIN_VALUE, BigInteger.TEN.pow(50).negate())) {
            byte[] payload = ValueWriter.write(number, ChannelResolver.NONE, WriteOptions.PYTHON);
            assertThat(stock.load(payload, number.toString())).isEqualTo("equal");
        }
    }

    @Test
    @DisplayName("What is refused for Python is what it would fail on or fold together")
    void theRefusalsAreNeeded() throws IOException {
        byte[] digits = ValueWriter.write(BigInteger.TEN.pow(4_300), ChannelResolver.NONE, WriteOptions.DEFAULT);
        assertThat(stock.load(digits, "10**4300")).startsWith("failed: ValueError");
        Set<Object> equal = new LinkedHashSet<>(List.of(1, 1.0, true, new Complex(1, 0)));
        byte[] set = ValueWriter.write(equal, ChannelResolver.NONE, WriteOptions.DEFAULT);
        assertThat(stock.load(set, "{1}")).isEqualTo("equal");
    }

    @Test
    void manyDoublesAtRandomGoOver() throws IOException {
        Random random = new Random(11);
        StringBuilder expression = new StringBuilder("[");
        Double[] numbers = new Double[1_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.longBitsToDouble(random.nextLong() & ~(1L << 62)); // no NaN, no infinity
            expression
                    .append("float.fromhex('")
                    .append(Double.toHexString(numbers[i]))
                    .append("'), ");
        }
        byte[] payload = ValueWriter.write(Arrays.asList(numbers), ChannelResolver.NONE, WriteOptions.PYTHON);
        assertThat(stock.load(payload, expression + "]")).isEqualTo("equal");
        assertThat(stock.dump(expression + "]")).isEqualTo(payload);
    }
}
