package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.live.TestJvm;
import execnet4j.stock.Pythons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/python.md says of arrays: its lines for numpy, and the program that it has people run. */
class NumpyPageTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String EXAMPLE = "examples/MillionDoubles.java";

    @TempDir
    Path folder;

    @Test
    void theLinesForNumpyDoWhatTheySay() throws IOException {
        List<CodeBlock> blocks = CodeBlock.of("python.md", page(), "python").stream()
                .filter(block -> block.code().startsWith("import numpy"))
                .toList();
        assertThat(blocks).hasSize(1);
        try (Group group = Group.start("popen//python=" + Pythons.having("numpy"))) {
            Channel channel = group.get(0).remoteExec(blocks.get(0).code());
            for (double[] numbers : List.of(new double[] {1, -2.5, 4}, new double[] {0.1})) {
                channel.send(numbers);
                double[] doubled = channel.receive(double[].class, SOON);
                double sum = 0;
                for (int i = 0; i < numbers.length; i++) {
                    assertThat(doubled[i]).isEqualTo(2 * numbers[i]);
                    sum += numbers[i];
                }
                assertThat(doubled).hasSameSizeAs(numbers);
                assertThat(channel.receive(Double.class, SOON)).isEqualTo(sum);
            }
        }
    }

    @Test
    void theExampleRunsWithNumpyAndPrintsWhatThePageShows() throws Exception {
        assertPrintsWhatThePageShows(run(Pythons.having("numpy"), ""));
    }

    @Test
    void theExampleRunsWithoutNumpy() throws Exception {
        Path hidden = Files.createDirectory(folder.resolve("hidden"));
        Files.writeString(hidden.resolve("numpy.py"), "raise ImportError('hidden by a test')\n");
        assertPrintsWhatThePageShows(run("python3", hidden.toString()));
    }

    private ProgramRun run(String python, String pythonPath) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "PYTHONPATH=" + pythonPath, "PYTHONDONTWRITEBYTECODE=1"));
        command.addAll(TestJvm.running(Repository.ROOT.resolve(EXAMPLE).toString(), python, "1"));
        return ProgramRun.of(Files.createDirectories(folder.resolve("work")), command);
    }

    private static void assertPrintsWhatThePageShows(ProgramRun run) throws IOException {
        run.leftOver().forEach(ProcessHandle::destroyForcibly);
        assertThat(run.exitStatus()).as(run.errors()).isZero();
        assertThat(withoutNumbers(run.output().lines())).isEqualTo(withoutNumbers(shown().lines()));
        assertThat(run.leftOver()).as("processes left behind").isEmpty();
    }

    /** The block below the command that runs the example. */
    private static String shown() throws IOException {
        List<String> lines = page();
        int command = 0;
        while (!lines.get(command).matches(" {4}java .* MillionDoubles python3")) {
            command++;
        }
        assertThat(lines.subList(command + 1, command + 3)).containsExactly("", "```text");
        int end = command + 3;
        while (!lines.get(end).equals("```")) {
            end++;
        }
        return String.join("\n", lines.subList(command + 3, end));
    }

    private static List<String> withoutNumbers(Stream<String> lines) {
        return lines.map(line -> line.replaceAll(" *[0-9]+(\\.[0-9]+)?", " #")).toList();
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(Repository.ROOT.resolve("docs/python.md"));
    }
}
