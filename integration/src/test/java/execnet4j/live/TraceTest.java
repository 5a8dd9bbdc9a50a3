package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.programs.Greeter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code EXECNET4J_DEBUG} does, in a coordinator and in its worker, which inherits it. */
class TraceTest {
    @TempDir
    Path folder = Path.of("");

    /** A worker is not told of its coordinator's. */
    private Path workersFolder = Path.of("");

    private ChildJvm greeter(Map<String, String> env) throws Exception {
        String options = "-Djava.io.tmpdir=" + folder;
        ChildJvm greeter = ChildJvm.of(Greeter.class, List.of(options), env);
        workersFolder = Path.of(greeter.readTo("done").get(1));
        assertThat(greeter.exitStatus()).isZero();
        return greeter;
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    @DisplayName("G35 1 traces every frame to a file of each process")
    void toFile() throws Exception {
        try (ChildJvm greeter = greeter(Map.of("EXECNET4J_DEBUG", "1"))) {
            Path ofWorker =
                    workersFolder.resolve("execnet4j-debug-" + greeter.told().get(0));
            try {
                Path own = folder.resolve("execnet4j-debug-" + greeter.pid());
                assertThat(Files.readString(own))
                        .contains("sent")
                        .contains("received")
                        .contains("EXEC");
                assertThat(Files.readString(ofWorker)).contains("received").contains("EXEC");
            } finally {
                Files.deleteIfExists(ofWorker);
            }
            assertThat(greeter.errors().lines().sorted())
                    .containsExactly("[gw0] hello from err", "[gw0] hello from out");
        }
    }

    @Test
    @DisplayName("G36 2 traces to standard error, each line led by the process id, a worker's lines relayed")
    void toStandardError() throws Exception {
        try (ChildJvm greeter = greeter(Map.of("EXECNET4J_DEBUG", "2"))) {
            String errors = greeter.errors();
            assertThat(errors.lines())
                    .anyMatch(line -> line.startsWith("[" + greeter.pid() + "] gw0 sent") && line.contains("EXEC"))
                    .anyMatch(line -> line.startsWith("[gw0] [" + greeter.told().get(0) + "] gw0 received")
                            && line.contains("EXEC"))
                    .contains("[gw0] hello from out");
            assertThat(files()).isEmpty();
        }
    }

    @Test
    @DisplayName("G37 nothing is traced by default, and output is labelled whole lines on standard error")
    void off() throws Exception {
        try (ChildJvm greeter = greeter(Map.of("EXECNET4J_DEBUG", ""))) {
            assertThat(greeter.errors().lines()).containsExactly("[gw0] hello from out", "[gw0] hello from err");
            assertThat(files()).isEmpty();
        }
    }
}
