package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.channel.Channel;
import execnet4j.error.DumpException;
import execnet4j.error.RemoteTaskException;
import execnet4j.serial.Bytes;
import execnet4j.serial.Complex;
import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Python sees of the values at the edges, and that they come back as they went. */
@ExtendWith(SharedWorkers.class)
class PythonValuesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Gateway gateway = Workers.sharedPython();

    private static Arguments edge(@Nullable Object value, String inPython) {
        return Arguments.of(value, inPython);
    }

    static Stream<Arguments> edges() {
        return Stream.of(
                edge(null, "None"),
                edge(true, "True"),
                edge(Integer.MAX_VALUE, "2**31 - 1"),
                edge(Integer.MIN_VALUE, "-2**31"),
                edge(1L << 31, "2**31"),
                edge(-(1L << 31) - 1, "-2**31 - 1"),
                edge(Long.MAX_VALUE, "2**63 - 1"),
                edge(Long.MIN_VALUE, "-2**63"),
                edge(BigInteger.ONE.shiftLeft(63), "2**63"),
                edge(BigInteger.TEN.pow(4299).negate(), "-10**4299"),
                edge(-0.0, "-0.0"),
                edge(Double.NaN, "float('nan')"),
                edge(Double.POSITIVE_INFINITY, "float('inf')"),
                edge(Double.NEGATIVE_INFINITY, "float('-inf')"),
                edge(Double.MIN_VALUE, "5e-324"),
                edge(new Complex(1.5, -2), "1.5-2j"),
                edge("", "''"),
                edge("a\u0000\u20ac\ud83d\ude00", "'a\\x00\\u20ac\\U0001f600'"),
                edge(new byte[] {0, -1}, "b'\\x00\\xff'"),
                edge(Tuple.of(), "()"),
                edge(Tuple.of(1, Tuple.of(), List.of()), "(1, (), [])"),
                edge(Map.of(Bytes.ofUtf8("k"), 1), "{b'k': 1}"),
                edge(Map.of(Tuple.of(Bytes.ofUtf8("k"), 2), List.of()), "{(b'k', 2): []}"),
                edge(Set.of(FrozenSet.of(FrozenSet.of())), "{frozenset({frozenset()})}"),
                edge(Set.of(), "set()"),
                edge(new double[] {1.5, -0.0}, "__import__('array').array('d', [1.5, -0.0])"),
                edge(new float[] {0.5f}, "__import__('array').array('f', [0.5])"),
                edge(new int[] {-1}, "__import__('array').array('i', [-1])"),
                edge(new long[] {1L << 40}, "__import__('array').array('q', [2**40])"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("edges")
    void edgesKeepTheirKinds(@Nullable Object value, String inPython) {
        Channel channel = gateway.remoteExec("""
                value = channel.receive()
                meant = eval(channel.receive())
                channel.send((type(value) is type(meant), repr(value) == repr(meant)))
                channel.send(value)
                channel.send(meant)
                """);
        channel.send(value);
        channel.send(inPython);

        assertThat(channel.receive(SOON)).isEqualTo(Tuple.of(true, true));
        assertThat(Form.of(channel.receive(SOON))).isEqualTo(Form.of(value));
        assertThat(Form.of(channel.receive(SOON))).isEqualTo(Form.of(value));
        channel.waitClose(SOON);
    }

    @Test
    void whatIsNoTextOrTooLongIsRefusedAtTheEndThatSendsIt() {
        Channel channel = gateway.remoteExec("""
                for value in '\\ud800', 10**4300, [1, object()]:
                    try:
                        channel.send(value)
                    except Exception as e:
                        channel.send(str(e))
                channel.send('\\ud800')
                """);
        for (Object value : List.of("\ud800", BigInteger.TEN.pow(4300), Set.of(1, 1.0), new Object())) {
            assertThatThrownBy(() -> channel.send(value)).isInstanceOf(DumpException.class);
        }

        assertThat(channel.receive(String.class, SOON)).contains("surrogate");
        assertThat(channel.receive(String.class, SOON)).contains("4300 decimal digits");
        assertThat(channel.receive(String.class, SOON)).contains("object");
        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("surrogate");
    }

    @Test
    void aHundredMegabytesAtOnceGoThereAndBack() {
        byte[] large = new byte[100_000_000];
        Arrays.fill(large, (byte) 7);
        Channel channel = gateway.remoteExec("channel.send(channel.receive())");
        channel.send(large, SOON);

        assertThat(Arrays.equals((byte[]) channel.receive(SOON), large)).isTrue();
        channel.waitClose(SOON);
    }

    @Test
    void aMillionDoublesAreUsedThereAsTheyAreAndAResultComesBack() {
        double[] numbers = IntStream.range(0, 1_000_000).mapToDouble(i -> i).toArray();
        Channel channel = gateway.remoteExec("""
                numbers = channel.receive()
                channel.send(sum(numbers))
                channel.send(numbers[::-1])
                """);
        channel.send(numbers, SOON);

        assertThat(channel.receive(double.class, SOON)).isEqualTo(499999500000.0);
        assertThat(channel.receive(double[].class, SOON)).hasSize(1_000_000).startsWith(999999.0, 999998.0);
        channel.waitClose(SOON);
    }

    @Test
    void arraysGoToAJvmWorkerAsArraysToo() {
        double[] captured = {1, 2.5};
        Channel channel = Workers.shared().remoteExec(remote -> {
            long[] numbers = remote.receive(long[].class);
            remote.send(numbers == null ? null : numbers.length + captured[1]);
            remote.send(new int[] {1});
        });
        channel.send(new long[3]);

        assertThat(channel.receive(SOON)).isEqualTo(5.5);
        assertThat(channel.receive(SOON)).isEqualTo(new int[] {1});
        channel.waitClose(SOON);
    }
}
