package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command with workers that come by themselves. */
@Timeout(180)
class MapListenTest {
    private static final String TOKEN = "a-token-for-this-test-alone";
    private static final Pattern PRINTED = Pattern.compile("python3 worker\\.py (\\S+) (\\d+)");

    @TempDir
    Path folder;

    @Test
    void aPythonWorkerComesByTheScriptThatTheCommandPrints() throws Exception {
        Files.writeString(folder.resolve("length.py"), "def apply(item):\n    return len(item)\n");
        Path script = folder.resolve("worker.py");
        Process printing = new ProcessBuilder(command("worker-script"))
                .redirectOutput(script.toFile())
                .start();
        assertThat(printing.waitFor()).isZero();

        ProcessBuilder mapping = new ProcessBuilder(command("map", "--listen", "127.0.0.1:0", "length.py", "a", "ccc"))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        mapping.environment().put("EXECNET4J_TOKEN", TOKEN);
        Process map = mapping.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> PRINTED.matcher(errors()).find());
        Matcher printed = PRINTED.matcher(errors());
        assertThat(printed.find()).isTrue();
        ProcessBuilder coming = new ProcessBuilder("python3", script.toString(), printed.group(1), printed.group(2));
        coming.environment().put("EXECNET4J_TOKEN", TOKEN);
        Process came = coming.start();

        ProgramRun run = ProgramRun.toEnd(map, folder);
        assertThat(run.output()).isEqualTo("""
                        {"item":"a","result":1}
                        {"item":"ccc","result":3}
                        """);
        assertThat(run.exitStatus()).isZero();
        assertThat(came.waitFor()).isZero();
    }

    private String errors() throws Exception {
        return Files.readString(folder.resolve("stderr"));
    }

    private static List<String> command(String... arguments) {
        return Stream.concat(
                        Stream.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "execnet4j.cli.Main"),
                        Stream.of(arguments))
                .toList();
    }
}
