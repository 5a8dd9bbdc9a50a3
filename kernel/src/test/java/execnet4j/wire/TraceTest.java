package execnet4j.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    /** A program that traces one line; run in a process of its own, whose environment the test sets. */
    static final class Traced {
        private Traced() {}

        public static void main(String[] args) {
            Trace.ofEnvironment("gw7").sent(new Frame(FrameType.CLOSE, 3));
            System.out.print(ProcessHandle.current().pid());
        }
    }

    private record Run(String out, String err) {}

    @Test
    @DisplayName("G35 tracing goes to a file of the process when the variable is 1")
    void toAFile(@TempDir Path folder) throws Exception {
        Run run = run("1", folder);
        assertThat(run.err()).isEmpty();
        assertThat(folder.resolve("execnet4j-debug-" + run.out()))
                .hasContent("gw7 sent <Frame CHANNEL_CLOSE id=3 length=0 >");
    }

    @Test
    void whatLiesInItsPlaceIsNotWrittenTo(@TempDir Path folder) throws Exception {
        Path bait = folder.resolve("bait");
        Files.writeString(bait, "");
        String name = folder.resolve("execnet4j-debug-").toString();
        Run run = run("1", folder, "sh", "-c", "ln -s '" + bait + "' '" + name + "'$$; exec \"$@\"", "sh");
        assertThat(run.err()).isEmpty();
        assertThat(bait).isEmptyFile();
        Path file = Path.of(name + run.out() + "-2");
        assertThat(file).hasContent("gw7 sent <Frame CHANNEL_CLOSE id=3 length=0 >");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    @DisplayName("G36 tracing goes to standard error, led by the process id, when the variable is 2")
    void toStandardError(@TempDir Path folder) throws Exception {
        Run run = run("2", folder);
        assertThat(run.err().strip()).isEqualTo("[" + run.out() + "] gw7 sent <Frame CHANNEL_CLOSE id=3 length=0 >");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("G37 there is no tracing by default")
    void offByDefault(@TempDir Path folder) throws Exception {
        for (String wish : new String[] {"", "0"}) {
            Run run = run(wish, folder);
            assertThat(run.err()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
        Trace.OFF.event(() -> {
            throw new AssertionError("made a line that nobody reads");
        });
    }

    @Test
    void eachTurnOfEventsIsALine() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Trace trace = Trace.to("gw0", new PrintStream(bytes, true, StandardCharsets.UTF_8));
        trace.received(new Frame(FrameType.DATA, 1, new byte[] {'Q'}));
        trace.event(() -> "something");
        String lead = "[" + ProcessHandle.current().pid() + "] gw0 ";
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(lead + "received <Frame CHANNEL_DATA id=1 length=1 Q>", lead + "something");
    }

    private static Run run(String wish, Path folder, String... lead) throws IOException, InterruptedException {
        Path err = Files.createTempFile("trace", ".err");
        List<String> command = new ArrayList<>(List.of(lead));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Traced.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().put(Trace.VARIABLE, wish);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String errors = Files.readString(err);
        Files.delete(err);
        return new Run(out, errors);
    }
}
