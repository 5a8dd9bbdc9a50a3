package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told of workers that do not start or are lost. */
@Timeout(60)
class ErrorMessagesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();

    @AfterEach
    void end() {
        group.terminate(SOON);
    }

    private String script(String... commands) throws IOException {
        Path script = folder.resolve("java");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", commands) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "popen//java=" + script;
    }

    private GatewayStartException failure(String spec) {
        GatewayStartException failure =
                catchThrowableOfType(GatewayStartException.class, () -> group.makeGateway(spec, SOON));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void theLossOfAWorkerHasAllThatIsKnownAndAMessageForPeople() {
        Gateway gateway = group.makeGateway("popen//jvm=-Xmx64m");
        Channel channel = gateway.remoteExec("""
                System.err.println("bell \\u0007, " + "x".repeat(2000));
                Runtime.getRuntime().halt(42);
                """);

        GatewayLostException lost = catchThrowableOfType(GatewayLostException.class, () -> channel.receive(SOON));

        assertThat(lost.stage()).isEqualTo(GatewayLostException.Stage.RUNNING);
        assertThat(lost.host()).hasValue("localhost");
        assertThat(lost.exitStatus()).hasValue(42);
        assertThat(lost.command()).contains("/bin/sh", "-Xmx64m");
        assertThat(lost.stderr())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("bell \\u0007, xxx")
                        .endsWith("xxx...")
                        .hasSizeLessThan(600));
        assertThat(lost)
                .hasMessageContaining("bin/java -Xmx64m execnet4j.worker.WorkerMain")
                .message()
                .doesNotContain("/bin/sh", "-D", "setsid", "\u0007");
        assertThat(lines.all()).singleElement().asString().contains("\u0007").hasSizeGreaterThan(2000);
    }

    @Test
    void aNormalEndIsToldInAFewWords() {
        Gateway gateway = group.makeGateway("popen//jvm=-Xmx64m");
        Channel channel = gateway.newChannel();

        group.terminate(SOON);

        assertThatThrownBy(() -> channel.receive(SOON))
                .isInstanceOfSatisfying(GatewayLostException.class, lost -> {
                    assertThat(lost.stage()).isEqualTo(GatewayLostException.Stage.ENDING);
                    assertThat(lost.exitStatus()).hasValue(0);
                    assertThat(lost.command()).isNotEmpty();
                })
                .hasMessage("gateway gw0 was terminated");
    }

    @Test
    void textInPlaceOfTheProtocolIsHarmlessToShow() throws IOException {
        GatewayStartException failure =
                failure(script("printf '\\033[31mWelcome\\nto the \\303\\244ther' >&4", "exec sleep 100"));

        assertThat(failure).hasMessageContaining("\"\\u001b[31mWelcome\\u000ato the \u00e4ther\"");
        assertThat(failure.command()).contains("/bin/sh");
        assertThat(failure.getMessage()).doesNotContain("/bin/sh", "-Dfile");
    }

    @Test
    void aMissingJavaIsNamed() {
        assertThat(failure("popen//java=/no/such/java"))
                .hasMessageContaining("no java that can be run as /no/such/java; name one with java=");
    }

    @Test
    void aDirectoryThatCannotBeChangedToIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(failure("popen//id=a//chdir=" + file)).hasMessageContaining("chdir=" + file + " is no directory");
        assertThat(failure("popen//id=b//chdir=/no/such/directory"))
                .hasMessageContaining("chdir=/no/such/directory does not exist");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        Gateway gateway = group.makeGateway("popen//jvm=-Xmx64m");

        assertThatThrownBy(() -> gateway.remoteExec(folder.resolve("Missing.java")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("Missing.java") + " does not exist");
        assertThatThrownBy(() -> gateway.remoteExec(Files.createDirectory(folder.resolve("Folder.java"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("Folder.java") + " is no file");
    }

    @Test
    void aCapturedChannelIsNamedWithWhatToDo() {
        Gateway gateway = group.makeGateway("popen//jvm=-Xmx64m");
        Channel captured = gateway.newChannel();
        java.util.List<Channel> within = java.util.List.of(captured);

        assertThatThrownBy(() -> gateway.remoteExec(channel -> captured.send(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execnet4j.live.ErrorMessagesTest captures")
                .hasMessageContaining("send the channel as an item instead");
        assertThatThrownBy(() -> gateway.remoteExec(channel -> channel.send(within.size())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("send the channel as an item instead");
        captured.close();
    }
}
