package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker whose working directory was deleted did not find its way out: the last step of its end failed. */
class DeletedDirectoryTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"popen", "popen//python=python3", "popen//python=/usr/bin/python3//bootstrap=execnet"})
    void aWorkerWithoutItsDirectoryStillTellsWhatItIs(String spec) throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        try (Group group = Group.start(spec + "//chdir=" + work)) {
            Files.delete(work);

            assertThat(group.get(0).updateRemoteInfo().pid()).isPositive();
        }
    }

    @Test
    void aWorkerWithoutItsDirectoryEndsByItself() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        Group group = Group.start("popen//chdir=" + work);

        Files.delete(work);

        assertThat(group.terminate(Duration.ofSeconds(15)).workers().get(0).outcome())
                .isEqualTo(Outcome.GRACEFUL);
    }
}
