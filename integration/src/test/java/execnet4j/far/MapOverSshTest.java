package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.integration.ProgramRun;
import execnet4j.live.TestJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command over three hosts, of which one dies in the midst of the work. */
@OnSshHosts
class MapOverSshTest {
    private static final int ITEMS = 300;
    private static final int DYING = 2;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final SshHosts hosts = SshHosts.shared();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"cut", "reset", "kill", "poweroff"})
    void everyResultIsThereOnce(String fate) throws Exception {
        // Items take a while, so that the host dies with some in hand.
        Path task = Files.writeString(folder.resolve("Slow.java"), """
                public final class Slow {
                    public static Object apply(Object item) throws Exception {
                        Thread.sleep(50);
                        return "done " + item;
                    }
                }
                """);
        List<String> command = TestJvm.running("execnet4j.cli.Main", "map");
        IntStream.rangeClosed(1, 3).forEach(host -> command.addAll(List.of("--tx", "2*" + hosts.spec(host))));
        command.add(task.toString());
        IntStream.range(0, ITEMS).forEach(item -> command.add(Integer.toString(item)));

        Process map = ProgramRun.start(folder, command);
        try {
            Awaitility.await().atMost(SOON).until(() -> output().size() >= 12);
            hosts.happens(fate, DYING);
            ProgramRun run = ProgramRun.toEnd(map, folder);

            assertThat(run.output().lines())
                    .containsExactlyElementsOf(IntStream.range(0, ITEMS)
                            .mapToObj(item -> "{\"item\":\"" + item + "\",\"result\":\"done " + item + "\"}")
                            .toList());
            assertThat(run.exitStatus()).as(run.errors()).isZero();
            assertThat(run.errors()).contains("300 items, 6 workers, ", " 0 failures");
            assertThat(run.leftOver()).isEmpty();
        } finally {
            map.destroyForcibly();
            hosts.happens("heal", DYING);
            if (fate.equals("kill") || fate.equals("poweroff")) {
                hosts.happens("boot", DYING);
            }
        }
    }

    private List<String> output() {
        try {
            return Files.readAllLines(folder.resolve("stdout"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
