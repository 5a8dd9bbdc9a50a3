package execnet4j.serial;

import static execnet4j.serial.Values.map;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against bytes that stock execnet wrote; integration/golden/make_golden.py says how they were made. */
class GoldenTest {
    private static final Object NULL = new Object();

    private static final Map<String, Object> WRITTEN = Map.ofEntries(
            entry("none", NULL),
            entry("true", true),
            entry("false", false),
            entry("zero", 0),
            entry("one", 1),
            entry("minus-one", -1),
            entry("int32-max", Integer.MAX_VALUE),
            entry("int32-min", Integer.MIN_VALUE),
            entry("beyond-int32", 1L << 31),
            entry("int64-max", Long.MAX_VALUE),
            entry("beyond-int64", BigInteger.TWO.pow(63)),
            entry("googol", BigInteger.TEN.pow(100)),
            entry("float", 3.25),
            entry("float-negative-zero", -0.0),
            entry("float-tenth", 0.1),
            entry("float-tiny", Double.MIN_VALUE),
            entry("float-infinity", Double.POSITIVE_INFINITY),
            entry("float-nan", Double.NaN),
            entry("complex", new Complex(1.5, -2)),
            entry("text-empty", ""),
            entry("text-ascii", "hello"),
            entry("text-latin", "gr\u00fc\u00dfe"),
            entry("text-beyond-bmp", "\u20ac\ud83d\ude00"),
            entry("text-nul", "a\u0000b"),
            entry("text-replacement", "\ufffd"),
            entry("bytes-empty", new byte[0]),
            entry("bytes", new byte[] {0, -1, -128, 'a', 'b', 'c'}),
            entry("list-empty", List.of()),
            entry("list", Arrays.asList(1, "a", null)),
            entry("list-nested", List.of(List.of(), List.of(List.of(1)), List.of(2.5))),
            entry("tuple-empty", Tuple.of()),
            entry("tuple", Tuple.of(1, "a", new byte[] {'b'})),
            entry("tuple-nested", Tuple.of(1, Tuple.of(), Tuple.of(Tuple.of(2)))),
            entry("dict-empty", Map.of()),
            entry("dict", map("b", 1, "a", List.of(2), 3, null)),
            entry("dict-tuple-key", map(Tuple.of(1, 2), "x", Tuple.of(bytes("k"), Tuple.of(bytes("n"))), "y")),
            entry(
                    "dict-odd-keys",
                    map(
                            null,
                            0,
                            true,
                            1,
                            bytes("b"),
                            2,
                            1.5,
                            3,
                            new Complex(0, 2),
                            4,
                            FrozenSet.of(7),
                            5,
                            BigInteger.TWO.pow(70),
                            6)),
            entry("set-empty", Set.of()),
            entry("set", new LinkedHashSet<>(List.of(1, 2, 3))),
            entry("set-of-bytes", Set.of(bytes("x"))),
            entry("frozenset-empty", FrozenSet.of()),
            entry("frozenset", FrozenSet.of("x")),
            entry("frozenset-nested", FrozenSet.of(FrozenSet.of(Tuple.of(1, FrozenSet.of())))),
            entry(
                    "mixed",
                    List.of(
                            map("k", Tuple.of(Set.of(1), new byte[] {'b'}, List.of(Tuple.of(null, new Complex(0, 1))))),
                            Tuple.of(true, map("", Map.of())))));

    private static final Map<String, Object> READ = Map.ofEntries(
            entry("long", 5),
            entry("longlong", -(1L << 40)),
            entry("longint-small", 7),
            entry("longint-below-int32", Integer.MIN_VALUE - 1L),
            entry("longint-negative-big", BigInteger.TEN.pow(40).negate()),
            entry("unicode", "\u20ac"),
            entry("py2string-as-text", "a\u00ff"),
            entry("list-set-backwards", List.of(1, 2)),
            entry("dict-key-twice", Map.of(1, 3)),
            entry("set-element-twice", Set.of(1)));

    /** A line of a file. */
    record Vector(String name, String expression, String hex) {
        byte[] payload() {
            return HexFormat.of().parseHex(hex);
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.ofUtf8(text);
    }

    private static @Nullable Object expected(Map<String, Object> values, Vector vector) {
        assertThat(values).containsKey(vector.name());
        Object value = values.get(vector.name());
        return value == NULL ? null : value;
    }

    private static Stream<Vector> vectors(String file) throws IOException {
        try (InputStream in = GoldenTest.class.getResourceAsStream("golden/" + file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Vector(parts[0], parts[1], parts[2]));
        }
    }

    static Stream<Vector> written() throws IOException {
        return vectors("written.txt");
    }

    static Stream<Vector> read() throws IOException {
        return vectors("read.txt");
    }

    @ParameterizedTest
    @MethodSource("written")
    void weWriteWhatStockExecnetWrites(Vector vector) {
        byte[] payload = ValueWriter.write(expected(WRITTEN, vector), ChannelResolver.NONE, WriteOptions.PYTHON);
        assertThat(HexFormat.of().formatHex(payload)).isEqualTo(vector.hex());
    }

    @ParameterizedTest
    @MethodSource("written")
    void weReadWhatStockExecnetWrites(Vector vector) {
        Object value = Values.read(vector.payload());
        assertThat(Same.same(value, expected(WRITTEN, vector))).as("%s", value).isTrue();
    }

    @ParameterizedTest
    @MethodSource("read")
    void weReadWhatStockExecnetReads(Vector vector) {
        Object value = Values.read(vector.payload());
        assertThat(Same.same(value, expected(READ, vector))).as("%s", value).isTrue();
    }

    @Test
    void noVectorIsMissing() throws IOException {
        List<String> names = new ArrayList<>(written().map(Vector::name).toList());
        names.addAll(read().map(Vector::name).toList());
        assertThat(names).hasSize(WRITTEN.size() + READ.size());
    }
}
