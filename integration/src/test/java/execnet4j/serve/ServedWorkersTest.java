package execnet4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.HostNotFoundException;
import execnet4j.live.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers of {@code execnet4j serve}. */
@Timeout(120)
class ServedWorkersTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PYTHON = "//python=python3";

    @TempDir
    Path folder;

    private final List<String> printed = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void workersOfBothKindsServeThere(boolean tls) throws IOException {
        try (TestServer server = tls ? TestServer.withTls(folder) : TestServer.plain(folder);
                Group group = group(server.spec() + "//nice=2//env:GREETING=hi", server.spec() + PYTHON)) {
            Channel java = group.get(0).remoteExec("""
                    channel.send(System.getenv("GREETING"));
                    channel.send(String.valueOf(System.getenv("EXECNET4J_TOKEN")));
                    System.out.println("hello java");
                    for (Object item : channel) { channel.send(item); }
                    """);
            assertThat(java.receive(SOON)).isEqualTo("hi");
            assertThat(java.receive(SOON)).isEqualTo("null");
            Channel python = group.get(1).remoteExec("""
                    print("hello python")
                    for item in channel: channel.send(item)
                    """);
            byte[] large = new byte[20_000_000];
            Arrays.fill(large, (byte) 7);
            for (Channel each : List.of(java, python)) {
                each.send(large);
                assertThat(each.receive(byte[].class, SOON)).isEqualTo(large);
                each.close();
            }
            assertThat(group.terminate(SOON).workers()).allSatisfy(worker -> {
                assertThat(worker.outcome()).isEqualTo(Outcome.GRACEFUL);
                assertThat(worker.exitStatus()).hasValue(0);
            });
            assertThat(printed).contains("hello java", "hello python");
        }
    }

    @Test
    void manyClientsAreServedAtOnceEachByAProcessOfItsOwn() throws IOException {
        try (TestServer server = TestServer.withTls(folder);
                Group group = group("8*" + server.spec() + PYTHON)) {
            List<Object> pids =
                    group.remoteExec("import os; channel.send(os.getpid())").receiveEach();
            assertThat(pids).doesNotHaveDuplicates().hasSize(8);
        }
    }

    @Test
    void whoDoesNotEndInTimeIsKilledThereWithItsChildrenEvenIfItReadsNothing() throws Exception {
        try (TestServer server = TestServer.plain(folder)) {
            for (String kind : List.of("", PYTHON)) {
                try (Group group = group(server.spec() + kind)) {
                    Gateway gateway = group.get(0);
                    Channel channel = gateway.remoteExec(
                            kind.isEmpty()
                                    ? "channel.send(new ProcessBuilder(\"sleep\", \"1000\").start().pid()); channel.receive();"
                                    : "import subprocess\nchannel.send(subprocess.Popen(['sleep', '1000']).pid)\nchannel.receive()");
                    long child = channel.receive(long.class, SOON);
                    long worker = gateway.remoteInfo().pid();
                    Processes.signal("STOP", worker);
                    Channel full = gateway.newChannel();
                    assertThatThrownBy(() -> {
                                while (true) {
                                    full.send(new byte[1 << 20], Duration.ofMillis(300));
                                }
                            })
                            .isInstanceOf(RuntimeException.class);

                    assertThat(group.terminate(Duration.ofMillis(200)).workers())
                            .extracting(each -> each.outcome())
                            .containsExactly(Outcome.KILLED);
                    Processes.awaitGone(SOON, worker, child);
                }
            }
        }
    }

    @Test
    void theEndOfAWorkerIsKnownByItsStatus() throws Exception {
        try (TestServer server = TestServer.plain(folder)) {
            for (String kind : List.of("", PYTHON)) {
                try (Group group = group(server.spec() + kind)) {
                    Channel channel = group.get(0).remoteExec("channel.receive()" + (kind.isEmpty() ? ";" : ""));
                    Processes.signal("KILL", group.get(0).remoteInfo().pid());
                    assertThatThrownBy(() -> channel.receive(SOON))
                            .isInstanceOf(GatewayLostException.class)
                            .hasMessageContaining("exit 137 (probably signal 9)");
                }
            }
        }
    }

    @Test
    void theEndOfTheServerEndsTheWorkers() throws Exception {
        TestServer server = TestServer.plain(folder);
        try (server;
                Group group = group(server.spec() + PYTHON)) {
            Channel channel = group.get(0).remoteExec("channel.receive()");
            long worker = group.get(0).remoteInfo().pid();
            server.close();
            assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOf(GatewayLostException.class);
            Processes.awaitGone(Duration.ofSeconds(30), worker);
        }
    }

    @Test
    void failuresSayHowFarItCame() throws IOException {
        try (TestServer server = TestServer.plain(folder)) {
            failure(server.spec() + "//java=/no/java", Stage.INTERPRETER, "run as /no/java");
            failure(server.spec() + "//jvm=-Xno", Stage.HANDSHAKE, "Unrecognized option: -Xno", "exit 1");
            failure(server.spec("another-token-0123456789", "") + PYTHON, Stage.AUTHENTICATE, "has another token");
            String pin = "sha256:" + "0".repeat(64);
            failure(server.spec(TestServer.TOKEN, pin) + PYTHON, Stage.AUTHENTICATE, "does not speak TLS");
            Path open = Files.setPosixFilePermissions(
                    TestServer.tokenFile(folder, TestServer.TOKEN), PosixFilePermissions.fromString("rw-r--r--"));
            failure(
                    "socket=127.0.0.1:" + server.port() + "//token_file=" + open,
                    Stage.AUTHENTICATE,
                    "others may read",
                    "chmod 600");
            failure("socket=127.0.0.1:" + server.port(), Stage.AUTHENTICATE, "token_file=FILE", "EXECNET4J_TOKEN");
        }
    }

    @Test
    void aServerWithAnotherCertificateGetsNothing() throws IOException {
        try (TestServer server = TestServer.withTls(folder)) {
            String other = "sha256:" + "0".repeat(64);
            failure(server.spec(TestServer.TOKEN, other) + PYTHON, Stage.AUTHENTICATE, "another: " + server.pin());
        }
    }

    @Test
    void aServerWithoutPinIsSpokenToOnLoopbackAlone() throws IOException {
        InetAddress here = InetAddress.getLocalHost();
        try (TestServer server = TestServer.withTls(folder);
                ServerSocket plain = new ServerSocket(0)) {
            String spec = "//token_file=" + TestServer.tokenFile(folder, TestServer.TOKEN) + PYTHON;
            if (!here.isLoopbackAddress()) {
                failure(
                        "socket=" + here.getHostAddress() + ":" + plain.getLocalPort() + spec,
                        Stage.AUTHENTICATE,
                        "give the pin");
                String there = "socket=" + here.getHostAddress() + ":" + server.port() + spec + "//pin=" + server.pin();
                try (Group group = group(there)) {
                    assertThat(group.get(0).remoteInfo().pid()).isPositive();
                }
            }
            failure("socket=127.0.0.1:" + server.port() + spec, Stage.AUTHENTICATE, "");
        }
    }

    @Test
    void aHostThatDoesNotAnswerIsNotFoundAndARefusedPortIsNot() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String token = "//token_file=" + TestServer.tokenFile(folder, TestServer.TOKEN);
        failure("socket=127.0.0.1:" + free + token, Stage.CONNECT, "127.0.0.1:" + free);
        assertThatThrownBy(() -> Group.start("socket=no-such-host.invalid:1" + token))
                .hasMessageContaining("there is no host no-such-host.invalid");
        try (Group group = Group.builder().build()) {
            assertThatThrownBy(() -> group.makeGateway("socket=no-such-host.invalid:1" + token))
                    .isInstanceOf(HostNotFoundException.class);
        }
    }

    @Test
    void aPeerThatSaysNothingIsGivenUpInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String token = "//token_file=" + TestServer.tokenFile(folder, TestServer.TOKEN);
            failure(
                    "socket=127.0.0.1:" + silent.getLocalPort() + "//connect_timeout=1" + token,
                    Stage.AUTHENTICATE,
                    "bootstrap=execnet");
        }
    }

    private void failure(String spec, Stage stage, String... parts) {
        assertThatThrownBy(() -> {
                    try (Group group = Group.builder().build()) {
                        group.makeGateway(spec, Duration.ofSeconds(10));
                    }
                })
                .as(spec)
                .isInstanceOfSatisfying(
                        GatewayStartException.class, e -> assertThat(e.stage()).isEqualTo(stage))
                .isNotInstanceOf(HostNotFoundException.class)
                .hasMessageContainingAll(parts);
    }

    private Group group(String... specs) {
        return Group.builder().outputListener((id, line) -> printed.add(line)).start(specs);
    }
}
