package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that docs/map.md begins with prints what stands there. */
class MapPageTest {
    private static final String COMMAND = "    ./execnet4j ";
    private static final String SECONDS = "\\d+\\.\\d seconds";

    @TempDir
    Path folder;

    @Test
    void theFirstCommandPrintsWhatThePageSays() throws Exception {
        List<String> page = Files.readAllLines(Repository.ROOT.resolve("docs/map.md"));
        String arguments = page.stream()
                .filter(line -> line.startsWith(COMMAND))
                .findFirst()
                .orElseThrow()
                .substring(COMMAND.length());
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", Repository.ROOT.toString()));
        command.addAll(TestJvm.running("execnet4j.cli.Main", arguments.split(" ")));
        ProgramRun run = ProgramRun.of(folder, command);

        String results = page.stream()
                .filter(line -> line.startsWith("    {\"item\":"))
                .map(line -> line.strip() + "\n")
                .collect(Collectors.joining());
        assertThat(run.output()).isEqualTo(results);
        String totals = page.stream()
                .map(String::strip)
                .filter(line -> line.matches("\\d+ items, .*" + SECONDS + ".*"))
                .findFirst()
                .orElseThrow();
        assertThat(run.errors().strip().replaceAll(SECONDS, "")).isEqualTo(totals.replaceAll(SECONDS, ""));
    }
}
