package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.far.programs.Starts;
import execnet4j.live.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Java runtime for {@code java=ship} in the coordinator's own folder. */
@Timeout(300)
class RuntimeMakingTest {
    @TempDir
    Path folder;

    @Test
    void aStartThatDoesNotWaitForItAndAProgramThatEndsMeanwhileLeaveNothingForLong() throws Exception {
        try (ChildJvm hasty = program(1500)) {
            assertThat(hasty.readTo("ready"))
                    .anyMatch(
                            line -> line.contains("java=ship is still being made, which goes on for as long as this"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> kept().stream().anyMatch(name -> name.matches("runtime-[0-9]+")));
        }
        assertThat(kept()).as("what a killed program leaves").contains("runtime.lock");
        try (ChildJvm next = program(240_000)) {
            assertThat(next.readTo("ready")).contains("started");
            assertThat(kept())
                    .hasSize(2)
                    .contains("runtime.lock")
                    .anyMatch(name -> name.matches("runtime-[0-9a-f]{32}\\.tar\\.gz"));
        }
    }

    private ChildJvm program(int millis) throws IOException {
        String spec = "command=env//java=ship//env:XDG_CACHE_HOME=" + folder.resolve("there");
        return ChildJvm.of(
                Starts.class,
                List.of(),
                Map.of("EXECNET4J_CACHE", folder.resolve("here").toString()),
                spec,
                Integer.toString(millis));
    }

    private List<String> kept() throws IOException {
        Path here = folder.resolve("here");
        if (!Files.exists(here)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(here)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
