package execnet4j.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.Program;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.HostNotFoundException;
import execnet4j.error.RemoteTaskException;
import execnet4j.error.SpecException;
import execnet4j.integration.Repository;
import execnet4j.serial.Complex;
import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Workers of plain execnet, each version that is here, as processes and behind its socket server. */
class StockWorkerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static List<StockPython> pythons() {
        return StockPython.each(Repository.ROOT);
    }

    private static String popen(StockPython python) {
        String path = python.path().isEmpty() ? "" : "//env:PYTHONPATH=" + python.path();
        return "popen//python=" + python.command() + "//bootstrap=execnet" + path;
    }

    @ParameterizedTest
    @MethodSource("pythons")
    void aProcessServes(StockPython python) {
        try (Group group = Group.start(popen(python))) {
            checkChannels(group.get(0));
            checkErrors(group.get(0));
            assertThat(group.get(0).remoteInfo().executable()).contains("python3");
            assertThat(group.terminate(PATIENCE).toString()).containsIgnoringCase("graceful");
        }
    }

    @ParameterizedTest
    @MethodSource("pythons")
    @DisplayName("X23 X24 a plain socket server's gateway, and a second one after it")
    void aSocketServerServesOneAfterTheOther(StockPython python) throws IOException {
        try (SocketServer server = SocketServer.start(python)) {
            for (int i = 0; i < 2; i++) {
                try (Group group = Group.start(server.spec())) {
                    checkChannels(group.get(0));
                    checkErrors(group.get(0));
                }
            }
        }
    }

    @Test
    void aServerThatDiesEndsTheGateway() throws IOException {
        try (SocketServer server = SocketServer.start(StockPython.any());
                Group group = Group.start(server.spec())) {
            Channel waiting =
                    group.remoteExec("channel.send(1); channel.receive()").get(0);
            assertThat(waiting.receive(PATIENCE)).isEqualTo(1);
            server.kill();
            assertThatThrownBy(() -> waiting.receive(PATIENCE)).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    @DisplayName("G28 an unknown host in a socket spec raises host-not-found")
    void anUnknownHostIsNamed() {
        try (Group group = Group.builder().build()) {
            assertThatThrownBy(() -> group.makeGateway("socket=no-such-host.invalid:8888//bootstrap=execnet"))
                    .isInstanceOf(HostNotFoundException.class)
                    .hasMessageContaining("no-such-host.invalid");
        }
    }

    @Test
    void aPortThatNobodyListensAtIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Group group = Group.builder().build()) {
            assertThatThrownBy(() -> group.makeGateway("socket=127.0.0.1:" + port + "//bootstrap=execnet"))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aPythonWithoutExecnetSaysSo() {
        try (Group group = Group.builder().build()) {
            assertThatThrownBy(() -> group.makeGateway("popen//python=python3 -S -E//bootstrap=execnet"))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("No module named 'execnet'");
        }
    }

    @Test
    void keysThatDoNotFitAreRefused() {
        for (String spec : List.of(
                "popen//bootstrap=execnet",
                "popen//python=python3//bootstrap=other",
                "socket=127.0.0.1:1//popen",
                "socket=127.0.0.1:1//bootstrap=execnet//chdir=x",
                "socket=127.0.0.1",
                "socket=:1")) {
            assertThatThrownBy(() -> GatewaySpec.of(spec)).as(spec).isInstanceOf(SpecException.class);
        }
    }

    private static void checkChannels(Gateway gateway) {
        Channel echo = gateway.remoteExec("for item in channel:\n    channel.send(item)");
        List<Object> values = new ArrayList<>(List.of(
                1,
                -1L << 31,
                1L << 40,
                BigInteger.TWO.pow(200),
                1.5,
                new Complex(1, 2),
                "grüße",
                Tuple.of(1, Tuple.of()),
                FrozenSet.of(1, "x"),
                Map.of("a", List.of(1, 2)),
                Set.of(7)));
        for (Object value : values) {
            echo.send(value);
            Object back = echo.receive(PATIENCE);
            assertThat(back instanceof Number && !(back instanceof Double) ? new BigInteger(back.toString()) : back)
                    .isEqualTo(
                            value instanceof Number && !(value instanceof Double)
                                    ? new BigInteger(value.toString())
                                    : value);
        }
        byte[] big = new byte[10_000_000];
        Arrays.fill(big, (byte) 7);
        echo.send(big);
        assertThat(echo.receive(byte[].class, PATIENCE)).isEqualTo(big);
        echo.send(new int[] {1, 2, 3});
        assertThat(echo.receive(PATIENCE)).isEqualTo(List.of(1, 2, 3));
        Channel sent = gateway.newChannel();
        echo.send(sent);
        assertThat(echo.receive(PATIENCE)).isSameAs(sent);
        sent.close();
        assertThat(gateway.remoteStatus().executing()).isEqualTo(1);
        echo.close();
    }

    private static void checkErrors(Gateway gateway) {
        Channel failing = gateway.remoteExec("channel.send(1)\nraise KeyError('mine')");
        assertThat(failing.receive(PATIENCE)).isEqualTo(1);
        assertThatThrownBy(() -> failing.receive(PATIENCE))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("KeyError: 'mine'");
        assertThatThrownBy(() -> failing.receive(PATIENCE)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> gateway.remoteExec(Program.java("channel.send(1);")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gateway.remoteExec((RemoteTask) channel -> channel.send(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(gateway.updateRemoteInfo().pid())
                .isEqualTo(gateway.remoteInfo().pid());
    }
}
