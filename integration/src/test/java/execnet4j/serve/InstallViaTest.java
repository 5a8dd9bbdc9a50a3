package execnet4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.SpecException;
import execnet4j.live.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers of a server that another gateway's worker is made to be. */
@Timeout(120)
class InstallViaTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    @DisplayName("X25 a socket server installed through a popen gateway works and answers status")
    void aServerThroughAWorkerOfThisMachine() {
        String cache = "//env:XDG_CACHE_HOME=" + folder;
        try (Group group =
                silent("popen//id=door", "installvia=door" + cache, "socket//installvia=door//python=python3")) {
            assertThat(group.get(1).remoteExec("channel.send(1);").receive(SOON))
                    .isEqualTo(1);
            Channel echo = group.get(2).remoteExec("for item in channel: channel.send(item)");
            byte[] large = new byte[5_000_000];
            echo.send(large);
            assertThat(echo.receive(byte[].class, SOON)).isEqualTo(large);
            echo.close();
            assertThat(group.get(1).remoteStatus().executing()).isZero();

            assertThat(group.terminate(SOON).workers())
                    .extracting(each -> each.outcome())
                    .containsOnly(Outcome.GRACEFUL);
        }
    }

    @Test
    void throughAWorkerOfAServer() throws Exception {
        try (TestServer server = TestServer.plain(folder);
                Group group = silent(server.spec() + "//id=first", "popen//via=first//python=python3")) {
            assertThat(group.get(1).remoteExec("channel.send(1)").receive(SOON)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "//python=python3"})
    void aPythonStartsAServer(String kind) {
        String cache = "//env:XDG_CACHE_HOME=" + folder;
        try (Group group = silent("popen//python=python3//id=door", "installvia=door" + cache + kind)) {
            Channel echo = group.get(1)
                    .remoteExec(
                            kind.isEmpty()
                                    ? "for (Object item : channel) { channel.send(item); }"
                                    : "for item in channel: channel.send(item)");
            byte[] large = new byte[5_000_000];
            echo.send(large);
            assertThat(echo.receive(byte[].class, SOON)).isEqualTo(large);
            echo.close();
            assertThat(group.terminate(SOON).workers())
                    .extracting(each -> each.outcome())
                    .containsOnly(Outcome.GRACEFUL);
        }
    }

    @Test
    void aWorkerOfAPythonsServerIsKilledWhateverItIsAtAndEndsWithItsDoor() throws Exception {
        try (Group group = silent("popen//python=python3//id=door", "installvia=door//python=python3")) {
            Gateway stuck = group.get(1);
            long worker = stuck.remoteInfo().pid();
            Processes.signal("STOP", worker);
            TerminationReport report = group.terminate(Duration.ofMillis(500));
            assertThat(report.workers()).extracting(each -> each.outcome()).contains(Outcome.KILLED);
            Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(worker).isEmpty());
        }
        try (Group group = silent("popen//python=python3//id=door", "installvia=door//python=python3")) {
            Channel waiting = group.get(1).remoteExec("channel.receive()");
            long worker = group.get(1).remoteInfo().pid();
            Processes.signal("KILL", group.get("door").remoteInfo().pid());
            assertThatThrownBy(() -> waiting.receive(SOON)).isInstanceOf(GatewayLostException.class);
            Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(worker).isEmpty());
        }
    }

    @Test
    void aPythonOnAnotherHostIsNoServer() throws Exception {
        try (TestServer server = TestServer.plain(folder);
                Group group = silent(server.spec() + "//python=python3//id=door")) {
            assertThatThrownBy(() -> group.makeGateway("installvia=door"))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("write via= in place of installvia=");
            assertThatThrownBy(() -> group.makeGateway("installvia=none")).isInstanceOf(SpecException.class);
        }
    }

    @Test
    void whatAPythonsServerSaysBeforeItListensIsInTheError() {
        serverFails("PYTHONHOME", 1, "encodings");
    }

    @Test
    void whatAPythonsServerSaysBeforeItIsReachedIsInTheError() throws Exception {
        Files.writeString(folder.resolve("sitecustomize.py"), """
                import os, threading
                def start(thread):
                    os.write(2, b"no more threads\\n")
                    os._exit(3)
                threading.Thread.start = start
                """);
        serverFails("PYTHONPATH", 3, "no more threads");
    }

    private void serverFails(String variable, int status, String words) {
        try (Group group = silent("popen//python=python3//id=door")) {
            group.get("door")
                    .remoteExec("import os; os.environ['" + variable + "'] = '" + folder + "'")
                    .waitClose(SOON);
            assertThatThrownBy(() -> group.makeGateway("installvia=door//python=python3"))
                    .isInstanceOfSatisfying(GatewayStartException.class, e -> {
                        assertThat(e.stage()).isEqualTo(Stage.CONNECT);
                        assertThat(e.exitStatus()).hasValue(status);
                        assertThat(e.stderr()).anyMatch(line -> line.contains(words));
                    })
                    .hasMessageContainingAll(
                            "no server of gateway door was reached", "command: installvia=door", words);
        }
    }

    private static Group silent(String... specs) {
        return Group.builder().outputListener((id, line) -> {}).start(specs);
    }
}
