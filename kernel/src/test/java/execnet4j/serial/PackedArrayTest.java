package execnet4j.serial;

import static execnet4j.serial.Values.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.DumpException;
import execnet4j.error.LoadException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackedArrayTest {
    /** By the names in golden/packed.txt, which the Python worker's tests read, too. */
    private static final Map<String, Object> VECTORS = Map.of(
            "doubles-empty", new double[0],
            "doubles", new double[] {1.5, -0.0, Double.NEGATIVE_INFINITY, 5e-324},
            "floats", new float[] {0.5f, -1.25f},
            "ints", new int[] {1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE},
            "longs", new long[] {-1, Long.MIN_VALUE, 1L << 40},
            "nested", List.of(new int[] {7}, Tuple.of("x", new double[] {2})));

    @Test
    void goldenVectors() throws IOException {
        try (InputStream in = PackedArrayTest.class.getResourceAsStream("golden/packed.txt")) {
            assertThat(in).isNotNull();
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(VECTORS.size());
            for (String line : lines) {
                String[] parts = line.split("\t", -1);
                Object value = VECTORS.get(parts[0]);
                assertThat(HexFormat.of().formatHex(Values.write(value)))
                        .as(parts[0])
                        .isEqualTo(parts[2]);
                Object read = Values.read(HexFormat.of().parseHex(parts[2]));
                assertThat(Same.same(read, value)).as(parts[0]).isTrue();
            }
        }
    }

    @Test
    void towardsAPeerThatIsNotOursTheyAreListsOfTheirElements() {
        assertThat(plain(new double[] {1, 2.5})).isEqualTo(plain(List.of(1.0, 2.5)));
        assertThat(plain(new float[] {0.1f})).isEqualTo(plain(List.of(0.1f)));
        assertThat(plain(new int[] {1, 2})).isEqualTo(plain(List.of(1, 2)));
        assertThat(plain(new long[] {1, 1L << 40})).isEqualTo(plain(List.of(1, 1L << 40)));
        assertThat(plain(List.of(new int[0]))).isEqualTo(plain(List.of(List.of())));
    }

    private static byte[] plain(Object value) {
        return ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.PYTHON);
    }

    @Test
    void countsAreCheckedBeforeAnythingIsAllocated() {
        for (char opcode : "dfiq".toCharArray()) {
            for (int count : new int[] {3, 1 << 28, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                byte[] payload = program(opcode, count, 1, 1, 'Q');
                assertThatThrownBy(() -> Values.read(payload)).isInstanceOf(LoadException.class);
                assertThatThrownBy(() -> ChannelScan.channelIds(payload)).isInstanceOf(LoadException.class);
            }
            assertThatThrownBy(() -> Values.read(program('J', opcode, 0, "LPQ")))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("a array as key");
        }
    }

    @Test
    void theLimitOfBytesHolds() {
        WriteOptions options = new WriteOptions(new Limits(2, 3, 30, 20), false, true);
        assertThat(ValueWriter.write(new double[3], ChannelResolver.NONE, options))
                .hasSize(30);
        for (Object large : List.of(new double[4], new long[1 << 20], new int[7], new float[1 << 20])) {
            assertThatThrownBy(() -> ValueWriter.write(large, ChannelResolver.NONE, options))
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("more than 30 bytes");
        }
        assertThatThrownBy(() -> ValueWriter.write(
                        new double[4], ChannelResolver.NONE, new WriteOptions(new Limits(2, 3, 300, 20), false, false)))
                .hasMessageContaining("more than 3 elements");
    }

    @Test
    void aStoredDumpMayHaveThemWhereThatIsWanted() {
        byte[] dump = Dump.dumps(new double[] {1}, Values.PACKED);
        assertThat(Dump.loads(dump)).isEqualTo(new double[] {1});
        assertThat(Dump.loads(Dump.dumps(new double[] {1}))).isEqualTo(List.of(1.0));
    }
}
