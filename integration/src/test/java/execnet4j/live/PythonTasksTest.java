package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.Program;
import execnet4j.RemoteInfo;
import execnet4j.channel.Channel;
import execnet4j.error.DumpException;
import execnet4j.error.RemoteTaskException;
import execnet4j.serial.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tasks.Primes;

/** Every form of a task for a Python worker, and what is refused there. */
@ExtendWith(SharedWorkers.class)
class PythonTasksTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private final Gateway gateway = Workers.sharedPython();

    @AfterEach
    void nothingWasLeft() {
        assertThat(Workers.openChannels(gateway)).isZero();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    @Test
    @DisplayName("B23 source text runs with the variable channel, whatever it is indented by")
    void sourceText() {
        Channel channel = gateway.remoteExec("""
                    import sys

                    for item in channel:
                        channel.send(item + 1)
                """.indent(4));
        channel.send(1);

        assertThat(channel.receive(SOON)).isEqualTo(2);
        channel.close();
    }

    @Test
    @DisplayName("B31 G05 a task sees its own text on the stack, and no error that was there before it")
    void stack() {
        Channel channel = gateway.remoteExec("""
                import inspect, sys
                channel.send(inspect.stack()[0].filename)
                channel.send(sys.exc_info() == (None, None, None))
                """);

        assertThat(channel).containsExactly("<remote exec>", true);
    }

    @Test
    @DisplayName("G03 G10 a file runs as a module of the name __channelexec__, and its traceback names file and line")
    void file() throws IOException {
        Path file = file(
                "greet.py",
                "def greet(name):",
                "    return 'hello ' + name",
                "",
                "if __name__ == '__channelexec__':",
                "    channel.send(greet(channel.receive()))");
        Channel channel = gateway.remoteExec(file);
        Files.delete(file);
        channel.send("Java");
        assertThat(channel.receive(SOON)).isEqualTo("hello Java");

        channel = gateway.remoteExec(file("greet.py", "def greet(name):", "    return 'hello ' + name", "greet(1)"));
        Channel failing = channel;
        assertThatThrownBy(() -> failing.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageStartingWith("Traceback (most recent call last):\n")
                .hasMessageContaining("File \"" + file + "\", line 3, in <module>\n    greet(1)")
                .hasMessageContaining("File \"" + file + "\", line 2, in greet\n    return 'hello ' + name")
                .hasMessageContaining("TypeError");
    }

    @Test
    @DisplayName("B20 B29 a function of a file gets the channel, which it has to want, and its arguments by name")
    void function() throws IOException {
        Path file = file(
                "scale.py",
                "def multiplier(channel, factor, offset=0):",
                "    for item in channel:",
                "        channel.send(item * factor + offset)");
        Channel channel = gateway.remoteExec(Program.of(file).call("multiplier", Map.of("factor", 10)));
        channel.send(4);
        assertThat(channel.receive(SOON)).isEqualTo(40);
        channel.close();

        Channel without = gateway.remoteExec(Program.of(file).call("divider", Map.of()));
        assertThatThrownBy(() -> without.waitClose(SOON))
                .hasMessageContaining("'divider'")
                .hasMessageContaining("scale.py");
        Channel wrong = gateway.remoteExec(Program.of(file).call("multiplier", Map.of("faktor", 1)));
        assertThatThrownBy(() -> wrong.waitClose(SOON))
                .hasMessageContaining("TypeError")
                .hasMessageContaining("faktor");
        Path noTask = file("plain.py", "def square(number):", "    return number * number");
        Channel refused = gateway.remoteExec(Program.of(noTask).call("square", Map.of()));
        assertThatThrownBy(() -> refused.waitClose(SOON))
                .hasMessageContaining("the first parameter of 'square' has to be 'channel', and is 'number'");
        assertThatThrownBy(() -> gateway.remoteExec(Program.of(file).call("multiplier", Map.of("factor", this))))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("PythonTasksTest");
    }

    @Test
    @DisplayName("H11 what Python cannot compile is a remote error with file and line")
    void syntaxError() throws IOException {
        Path file = file("wrong.py", "x = 1", "if x = 2:", "    pass");
        Channel channel = gateway.remoteExec(file);
        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("File \"" + file + "\", line 2")
                .hasMessageContaining("SyntaxError");

        Channel text = gateway.remoteExec("x = 1\nnot python");
        assertThatThrownBy(() -> text.waitClose(SOON)).hasMessageContaining("File \"<remote exec>\", line 2");
    }

    @Test
    void aFunctionAnswersItemAfterItemAndAFailureCostsTheOthersNothing() throws IOException {
        Path file = file(
                "inverse.py",
                "def apply(item):",
                "    if item == 'object':",
                "        return object()",
                "    return 1 / item");
        Channel channel = gateway.serve(file);
        for (Object item : List.of(4, 0, "object", 2)) {
            channel.send(item);
        }

        assertThat(channel.receive(SOON)).isEqualTo(Tuple.of(true, 0.25));
        assertThat(channel.receive(Tuple.class, SOON).get(1))
                .asString()
                .contains("inverse.py\", line 4, in apply\n    return 1 / item")
                .endsWith("ZeroDivisionError: division by zero")
                .doesNotContain("apply_each");
        assertThat(channel.receive(Tuple.class, SOON).get(1)).asString().contains("cannot serialize");
        assertThat(channel.receive(SOON)).isEqualTo(Tuple.of(true, 0.5));
        channel.close();

        Channel without = gateway.serve(file("without.py", "x = 1"));
        assertThatThrownBy(() -> without.receive(SOON)).hasMessageContaining("no function apply(item)");
    }

    @Test
    void javaIsRefusedByAPythonWorkerBeforeAnythingIsSent() throws IOException {
        Path java = file("Task.java", "class Task {}");
        for (Runnable attempt : List.<Runnable>of(
                () -> gateway.remoteExec(channel -> channel.send(1)),
                () -> gateway.remoteExec(Primes.class),
                () -> gateway.remoteExec(Program.java("channel.send(1);")),
                () -> gateway.remoteExec(java),
                () -> gateway.serve(java),
                () -> gateway.serve(item -> item))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is Java, and this worker is a Python");
        }
        assertThat(gateway.remoteStatus().channels()).isZero();
    }

    @Test
    void pythonIsRefusedByAJvmWorkerBeforeAnythingIsSent() throws IOException {
        Gateway jvm = Workers.shared();
        Path python = file("task.py", "channel.send(1)");
        for (Runnable attempt : List.<Runnable>of(
                () -> jvm.remoteExec(Program.python("channel.send(1)")),
                () -> jvm.remoteExec(python),
                () -> jvm.remoteExec(Program.of(python).call("f", Map.of())),
                () -> jvm.serve(python))) {
            assertThatThrownBy(attempt::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is Python, and this worker is a JVM");
        }
        assertThat(jvm.remoteStatus().channels()).isZero();
    }

    @Test
    void aGroupOfBothKindsRefusesBareTextAndProgramsOfEitherLanguage() throws IOException {
        try (Group both = Group.start("popen", "popen//python=python3")) {
            assertThatThrownBy(() -> both.remoteExec("channel.send(1)"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Program.java(...)")
                    .hasMessageContaining("Program.python(...)");
            assertThatThrownBy(() -> both.remoteExec(Program.python("channel.send(1)")))
                    .hasMessageContaining("is Python, and this worker is a JVM");
            assertThatThrownBy(() -> both.remoteExec(Program.java("channel.send(1);")))
                    .hasMessageContaining("is Java, and this worker is a Python");
            for (Gateway each : both) {
                assertThat(each.remoteStatus().channels()).isZero();
            }
            MultiChannel channels = MultiChannel.of(
                    both.get(0).remoteExec("channel.send((int) channel.receive() + 1);"),
                    both.get(1).remoteExec("channel.send(channel.receive() + 1)"));
            channels.sendEach(41);
            assertThat(channels.receiveEach(SOON)).containsExactly(42, 42);
        }
    }

    @Test
    @DisplayName("B10 B22 G20 G24 what a Python worker is, at its start and now")
    void info() throws IOException {
        RemoteInfo info = gateway.remoteInfo();
        assertThat(ProcessHandle.of(info.pid())).isPresent();
        assertThat(info.version()).startsWith("3.");
        assertThat(info.executable()).contains("python");
        assertThat(info.platform()).contains(System.getProperty("os.name"));
        assertThat(info.cwd()).isEqualTo(Path.of("").toRealPath().toString());

        gateway.remoteExec("import os; os.chdir('/')").waitClose(SOON);
        assertThat(gateway.remoteInfo()).isEqualTo(info);
        assertThat(gateway.updateRemoteInfo().cwd()).isEqualTo("/");
        Channel back = gateway.remoteExec("import os; os.chdir(channel.receive())");
        back.send(info.cwd());
        back.waitClose(SOON);
        assertThat(gateway.updateRemoteInfo()).isEqualTo(info);
    }

    @Test
    @DisplayName("G04 G06 G07 G34 the status counts tasks and channels, and goes back to zero")
    void status() {
        assertThat(gateway.remoteStatus().execModel()).isEqualTo("thread");
        Channel one = gateway.remoteExec("channel.receive()");
        Channel two = gateway.remoteExec("channel.receive()");
        assertThat(gateway.remoteStatus().executing()).isEqualTo(2);
        assertThat(gateway.remoteStatus().channels()).isEqualTo(2);
        for (Channel each : List.of(one, two)) {
            each.send(null);
            each.waitClose(SOON);
        }
        assertThat(gateway.remoteStatus().executing()).isZero();
        assertThat(gateway.remoteStatus().channels()).isZero();
    }
}
