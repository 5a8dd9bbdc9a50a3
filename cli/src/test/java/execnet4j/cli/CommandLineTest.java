package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    Path folder;

    private String task;
    private String items;

    @BeforeEach
    void makeTask() throws IOException {
        task = Files.writeString(folder.resolve("Task.java"), "class Task {}").toString();
        items = Files.writeString(folder.resolve("items.txt"), "a").toString();
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("map", "--help")).isZero();
        assertThat(out.toString())
                .contains("--tx=SPEC", "--retries=N", "--input-file=FILE", "TASK", "[ITEM...]", "--start-available")
                .contains("--listen=ADDRESS:PORT", "--workers=N", "--token-file=FILE")
                .contains("Exit status:", "130", "141", "Examples:", "execnet4j map --tx 4*popen", "| execnet4j map");
    }

    @Test
    void aTaskAndItsWorkersAreInOneLanguage() throws IOException {
        String python = Files.writeString(folder.resolve("task.py"), "").toString();
        wrong(
                "--tx 2*popen is a JVM worker and " + python + " is Python; a Python worker is"
                        + " --tx 2*popen//python=python3",
                "map",
                "--tx",
                "popen//python=python3",
                "--tx",
                "2*popen",
                python,
                "a");
        wrong(
                "--tx popen//python=python3 is a Python worker and " + task + " is Java; without python= it is a JVM",
                "map",
                "--tx",
                "popen//python=python3",
                task,
                "a");
    }

    @Test
    void versionNamesOursAndJavas() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("execnet4j \\d+\\.\\d+\\.\\d+\\S*\\R" + "Java \\d+.*\\R");
    }

    @Test
    void aWrongCommandLineIsAMessageAndStatusTwo() {
        wrong("a command is missing");
        wrong("there is no command 'frobnicate'", "frobnicate");
        wrong("there is no command 'mpa'; there is map, serve, worker-script; see 'execnet4j --help'", "mpa");
        wrong("Unknown option: '--wat'; see", "map", "--wat");
        wrong("a count is missing before the '*', as in 4*popen", "map", "--tx", "*popen", task, "a");
        wrong("a gateway cannot go through itself", "map", "--tx", "popen//id=a//via=a", task, "a");
        wrong("Missing required parameter: 'TASK'", "map");
        wrong("there are no items", "map", task);
        wrong("there is no file " + folder.resolve("none"), "map", folder + "/none", "a");
        wrong("there is no file " + folder.resolve("none"), "map", "--input-file", folder + "/none", task);
        wrong(". is a directory, not a file", "map", ".", "a");
        wrong(folder + " is a directory", "map", "--input-file", folder.toString(), task);
        wrong(items + " is no Java and no Python file; a task's name ends in .java or .py", "map", items, "a");
        wrong("'here' is no place to listen", "map", "--listen=here", task, "a");
        wrong("leave one of the two away", "map", "--listen=127.0.0.1:0", "--tx=popen", task, "a");
        wrong("--workers is 1 or more", "map", "--listen=127.0.0.1:0", "--workers=0", task, "a");
        wrong("--workers is for --listen", "map", "--workers=2", task, "a");
        wrong("--retries is 0 or more", "map", "--retries=-1", task, "a");
        wrong("did you mean 'popen'? See '", "map", "--tx", "poepn", task, "a");
        wrong("Unknown option: '--frobnicate'", "map", "--frobnicate", task, "a");
    }

    @Test
    void theMessageIsOneLine() {
        assertThat(run("map", task)).isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("execnet4j: there are no items; ")
                .endsWith("; see 'execnet4j map --help'" + System.lineSeparator())
                .hasLineCount(1);
    }

    @Test
    void serveHasHelpAndMessagesOfItsOwn() throws IOException {
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString())
                .contains("--bind=ADDRESS", "--port=PORT", "--tls", "--certificate=FILE", "--token-file=FILE")
                .contains("EXECNET4J_TOKEN", "Exit status:", "Examples:");
        wrong("a port is from 0 to 65535, not 70000", "serve", "--port=70000");
        wrong("there is no address no-such-host.invalid", "serve", "--bind", "no-such-host.invalid");
        wrong("--certificate-password-file", "serve", "--certificate", items);
        wrong("Unknown option: '--token=x'", "serve", "--token=x");
    }

    private void wrong(String message, String... arguments) {
        errors.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(errors.toString())
                .startsWith("execnet4j: ")
                .contains(message, " --help'")
                .doesNotContain("\tat ", "Usage:");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
        return commandLine.execute(arguments);
    }
}
