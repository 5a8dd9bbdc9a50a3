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

    @BeforeEach
    void makeTask() throws IOException {
        task = Files.writeString(folder.resolve("Task.java"), "class Task {}").toString();
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("map", "--help")).isZero();
        assertThat(out.toString()).contains("--tx=SPEC", "--retries=N", "--input-file=FILE", "TASK", "[ITEM...]");
    }

    @Test
    void versionNamesOursAndJavas() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("execnet4j \\d+\\.\\d+\\.\\d+\\S*\\R" + "Java \\d+.*\\R");
    }

    @Test
    void aWrongCommandLineIsAMessageAndStatusTwo() {
        wrong("a command is missing");
        wrong("Unmatched argument", "frobnicate");
        wrong("Missing required parameter: 'TASK'", "map");
        wrong("there are no items", "map", task);
        wrong(
                "no readable file " + folder.resolve("none"),
                "map",
                folder.resolve("none").toString(),
                "a");
        wrong("no readable file " + folder.resolve("none"), "map", "--input-file", folder + "/none", task);
        wrong("--retries is 0 or more", "map", "--retries=-1", task, "a");
        wrong("did you mean 'popen'?", "map", "--tx", "poepn", task, "a");
        wrong("Unknown option: '--frobnicate'", "map", "--frobnicate", task, "a");
    }

    private void wrong(String message, String... arguments) {
        errors.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(errors.toString()).contains(message).doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
        return commandLine.execute(arguments);
    }
}
