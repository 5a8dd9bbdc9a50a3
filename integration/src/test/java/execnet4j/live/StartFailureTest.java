package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.GroupStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that does not come to life is an exception that says why, never a hang and never a gateway that looks alive. */
@Timeout(60)
class StartFailureTest {
    private static final String OWN_JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder = Path.of("");

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();

    @AfterEach
    void nothingWasMade() {
        assertThat(group).isEmpty();
    }

    private GatewayStartException failure(String spec) {
        GatewayStartException failure = catchThrowableOfType(
                GatewayStartException.class, () -> group.makeGateway(spec, Duration.ofSeconds(20)));
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageContaining("gw0").hasMessageContaining("localhost");
        return failure;
    }

    private String script(String... commands) throws IOException {
        Path script = folder.resolve("java");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", commands) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "popen//java=" + script;
    }

    @Test
    void noSuchJava() {
        GatewayStartException failure = failure("popen//java=/no/such/java");

        assertThat(failure.stage()).isEqualTo(Stage.INTERPRETER);
        assertThat(failure.exitStatus()).hasValue(127);
        assertThat(failure.command()).contains("/no/such/java");
        assertThat(failure).hasMessageContaining("java=");
    }

    @Test
    void aJavaThatCannotBeRun() {
        GatewayStartException failure = failure("popen//java=/etc/passwd");

        assertThat(failure.stage()).isEqualTo(Stage.INTERPRETER);
        assertThat(failure.exitStatus()).hasValue(126);
    }

    @Test
    void aJvmThatDoesNotStart() {
        for (String spec :
                new String[] {"popen//jvm=-XX:+NoSuchFlagHere", "popen//jvm=-XX:+NoSuchFlagHere//stdout=null"}) {
            GatewayStartException failure = failure(spec.replace("popen", "popen//id=gw0"));

            assertThat(failure.stage()).isEqualTo(Stage.HANDSHAKE);
            assertThat(failure.exitStatus()).hasValue(1);
            assertThat(String.join("\n", failure.stderr())).contains("NoSuchFlagHere");
            assertThat(failure).hasMessageContaining("NoSuchFlagHere").hasMessageContaining("exit 1");
        }
    }

    @Test
    void aScriptThatPrintsAndEnds() throws IOException {
        GatewayStartException failure = failure(script("echo banner on stdout", "echo trouble >&2", "exit 3"));

        assertThat(failure.exitStatus()).hasValue(3);
        assertThat(failure.stderr()).containsExactly("banner on stdout", "trouble");
        assertThat(lines.all()).containsExactly("gw0: banner on stdout", "gw0: trouble");
    }

    @Test
    void aScriptThatPrintsAndThenRunsJavaWorks() throws IOException {
        Gateway gateway = group.makeGateway(script("echo banner", "printf 1", "exec '" + OWN_JAVA + "' \"$@\""));

        assertThat(gateway.remoteStatus().executing()).isZero();
        group.terminate(Duration.ofSeconds(10));
        assertThat(lines.all()).first().isEqualTo("gw0: banner");
    }

    @Test
    void aScriptThatWritesToTheProtocolIsShownWhatItWrote() throws IOException {
        GatewayStartException failure = failure(script("echo 'Welcome to the machine' >&4", "exec sleep 100"));

        assertThat(failure.stage()).isEqualTo(Stage.HANDSHAKE);
        assertThat(failure).hasMessageContaining("Welcome to the machine");
    }

    @Test
    void aScriptThatHangs() throws IOException {
        String spec = script("echo before the hang >&2", "sleep 100 & sleep 100");
        long start = System.nanoTime();

        assertThatThrownBy(() -> group.makeGateway(spec, Duration.ofMillis(700)))
                .isInstanceOf(GatewayStartException.class)
                .hasMessageContaining("0.7 s")
                .hasMessageContaining("before the hang");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void aWorkerThatClosesItsProtocolBeforeItAnswers() throws IOException {
        GatewayStartException failure = failure(script("exec 3<&- 4>&-", "sleep 100"));

        assertThat(failure).hasMessageContaining("ended before it answered");
        assertThat(failure.exitStatus()).isEmpty();
    }

    @Test
    void aWorkerThatEndsAfterTheFirstByte() throws IOException {
        GatewayStartException failure = failure(script("printf 1 >&4", "exit 9"));

        assertThat(failure.exitStatus()).hasValue(9);
    }

    @Test
    void aWorkerThatSpeaksNonsenseAfterTheFirstByte() throws IOException {
        GatewayStartException failure = failure(script("printf '1 and some more text' >&4", "exec sleep 100"));

        assertThat(failure).hasMessageContaining("broke the protocol");
    }

    @Test
    void anInterruptEndsTheStartAndTheWorker() throws Exception {
        String spec = script("sleep 100");
        Throwable[] thrown = new Throwable[1];
        boolean[] flag = new boolean[1];
        Thread starter = new Thread(() -> {
            try {
                group.makeGateway(spec);
            } catch (Throwable e) {
                thrown[0] = e;
                flag[0] = Thread.currentThread().isInterrupted();
            }
        });
        starter.start();
        Awaitility.await()
                .until(() -> ProcessHandle.current()
                        .descendants()
                        .anyMatch(process -> process.info().command().orElse("").endsWith("sleep")));

        starter.interrupt();
        starter.join(10_000);

        assertThat(thrown[0]).isInstanceOf(ChannelInterruptedException.class);
        assertThat(flag[0]).isTrue();
    }

    @Test
    void aGroupStartsWhollyOrNotAtAllAndNamesWhoFailed() {
        List<Long> before =
                ProcessHandle.current().children().map(ProcessHandle::pid).toList();
        assertThatThrownBy(() -> Group.start("popen", "popen//id=broken//java=/no/such/java", "popen"))
                .isInstanceOf(GroupStartException.class)
                .hasMessageContaining("broken")
                .hasMessageContaining("/no/such/java");
        Processes.awaitGone(
                Duration.ofSeconds(5),
                ProcessHandle.current()
                        .children()
                        .map(ProcessHandle::pid)
                        .filter(pid -> !before.contains(pid))
                        .toList());
    }

    @Test
    void whatIsAvailableStartsAndTheRestIsNamed() {
        try (Group some = Group.startAvailable("2*popen", "popen//id=broken//java=/no/such/java")) {
            assertThat(some).hasToString("<Group ['gw0', 'gw1']>");
            assertThat(some.startFailures()).containsOnlyKeys("broken");
            assertThat(some.startFailures().get("broken")).isInstanceOf(GatewayStartException.class);
        }
    }
}
