package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a spec that a Python worker heeds, and what is said of one that does not come to life. */
@Timeout(60)
class PythonStartTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(5));
    }

    private @Nullable Object ask(String keys, String expression) {
        Gateway gateway = group.makeGateway("popen//python=python3" + keys);
        Channel channel = gateway.remoteExec("import os, sys, threading\nchannel.send(" + expression + ")");
        Object answer = channel.receive(SOON);
        channel.waitClose(SOON);
        return answer;
    }

    private GatewayStartException failure(String keys) {
        GatewayStartException failure = catchThrowableOfType(
                GatewayStartException.class, () -> group.makeGateway("popen//id=gw0//" + keys, SOON));
        assertThat(failure).hasMessageContaining("gw0").hasMessageContaining("localhost");
        assertThat(group).isEmpty();
        return failure;
    }

    @Test
    @DisplayName("X07 X16 X17 X20 G27 environment, directory, niceness and no bytecode")
    void keys() throws IOException {
        String directory = folder.resolve("a b").toString();
        Files.createDirectory(folder.resolve("a b"));

        assertThat(ask("//env:GREETING=a=b c", "os.environ['GREETING']")).isEqualTo("a=b c");
        assertThat(ask("//chdir=" + directory, "os.getcwd()"))
                .isEqualTo(Path.of(directory).toRealPath().toString());
        assertThat(ask("//nice=3", "os.nice(0)")).isEqualTo((int) ask("", "os.nice(0)") + 3);
        assertThat(ask("//dont_write_bytecode", "sys.flags.dont_write_bytecode"))
                .isEqualTo(1);
        assertThat(ask("//env:PYTHONDONTWRITEBYTECODE=", "sys.flags.dont_write_bytecode"))
                .isEqualTo(0);
        assertThat(ask("//id=\u00fc'\\", "channel.gateway.id")).isEqualTo("\u00fc'\\");
    }

    @Test
    @DisplayName("G40 X03 X06 main_thread_only; python= takes several words, and a path with spaces")
    void words() throws IOException {
        assertThat(ask("//execmodel=main_thread_only", "threading.current_thread() is threading.main_thread()"))
                .isEqualTo(true);
        Path python = folder.resolve("my python");
        Files.writeString(python, "#!/bin/sh\nexec python3 \"$@\"\n");
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
        Gateway gateway = group.makeGateway("popen//python=env GREETING=hello '" + python + "'");
        Channel channel = gateway.remoteExec("import os\nchannel.send(os.environ['GREETING'])");
        assertThat(channel.receive(SOON)).isEqualTo("hello");
        assertThat(gateway.remoteStatus().execModel()).isEqualTo("thread");
    }

    @Test
    @DisplayName(
            "B08 B12 G18 G19 output of every kind comes labelled, or is dropped, and a task's standard input is empty")
    void output() {
        String source = """
                import os, subprocess, sys
                print('printed \u00fc')
                os.write(1, b'raw to 1\\n')
                os.write(2, b'raw to 2\\n')
                subprocess.run('echo child to 1; echo child to 2 >&2', shell=True)
                print('to stderr', file=sys.stderr)
                channel.send(sys.stdin.read())
                """;
        for (String keys : new String[] {"", "//stdout=null"}) {
            Gateway gateway = group.makeGateway("popen//python=python3" + keys);
            Channel channel = gateway.remoteExec(source);
            assertThat(channel.receive(SOON)).isEqualTo("");
            channel.waitClose(SOON);
            lines.await(gateway.id() + ": to stderr");
        }
        assertThat(lines.all())
                .contains(
                        "gw0: printed \u00fc",
                        "gw0: raw to 1",
                        "gw0: raw to 2",
                        "gw0: child to 1",
                        "gw0: child to 2",
                        "gw1: raw to 2",
                        "gw1: child to 2")
                .doesNotContain("gw1: printed \u00fc", "gw1: raw to 1", "gw1: child to 1");
    }

    @Test
    void noSuchPython() {
        GatewayStartException failure = failure("python=/no/such/python");

        assertThat(failure.stage()).isEqualTo(Stage.INTERPRETER);
        assertThat(failure.exitStatus()).hasValue(127);
        assertThat(failure.command()).contains("/no/such/python");
        assertThat(failure).hasMessageContaining("python=/path/to/python3");
    }

    @Test
    void aPythonThatEndsAtOnce() {
        GatewayStartException failure = failure("python=/bin/false");

        assertThat(failure.exitStatus()).hasValue(1);
        assertThat(failure).hasMessageContaining("ended before it answered");
    }

    /** Runs before the worker's own code, in the interpreter that is to become it. */
    private String sitecustomize(String code) throws IOException {
        Files.writeString(folder.resolve("sitecustomize.py"), code);
        String inherited = Optional.ofNullable(System.getenv("PYTHONPATH"))
                .map(path -> ":" + path)
                .orElse("");
        return "python=python3//env:PYTHONPATH=" + folder + inherited;
    }

    @Test
    void aPythonThatIsTooOldSaysSo() throws IOException {
        GatewayStartException failure = failure(sitecustomize("import sys; sys.version_info = (3, 7, 9)"));

        assertThat(failure).hasMessageContaining("execnet4j needs Python 3.8 or newer, and ");
        assertThat(failure.exitStatus()).hasValue(1);
    }

    @Test
    void aPythonThatPrintsBeforeTheProtocolIsShownWhatItPrinted() throws IOException {
        GatewayStartException failure = failure(sitecustomize("print('Welcome to this host', flush=True)"));

        assertThat(failure.stage()).isEqualTo(Stage.HANDSHAKE);
        assertThat(failure).hasMessageContaining("Welcome to this host");
    }

    @Test
    void aPythonThatFailsAtItsStartIsShownWhatItSaid() throws IOException {
        GatewayStartException failure = failure(sitecustomize("raise SystemExit('no disk')"));

        assertThat(failure).hasMessageContaining("no disk");
    }

    @Test
    void aJvmWhereAPythonIsWantedIsNoWorker() {
        assertThatThrownBy(() -> group.makeGateway("popen//python=cat")).isInstanceOf(GatewayStartException.class);
        assertThat(group).isEmpty();
    }
}
