package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no class archive holds costs a worker its time before the first answer: see docs/adr/0011. */
class StartWithoutLambdasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder = Path.of("");

    /** Loaded by the task when it has answered. */
    static final class Answered {}

    @Test
    void aWorkerAnswersItsFirstTaskWithoutLambdasAndHandlesOfArrays() throws IOException {
        Path log = folder.resolve("classes");
        try (Group group = Group.start("popen//jvm=-Xlog:class+load:file=" + log)) {
            Channel channel = group.get(0).remoteExec(task -> {
                task.send(1);
                new Answered();
            });
            assertThat(channel.receive(PATIENCE)).isEqualTo(1);
            channel.waitClose(PATIENCE);
        }
        List<String> loaded = Files.readAllLines(log);
        List<String> before = loaded.stream()
                .takeWhile(line -> !line.contains(" " + Answered.class.getName() + " "))
                .toList();
        assertThat(before)
                .hasSizeLessThan(loaded.size())
                .anyMatch(line -> line.contains(" " + getClass().getName() + " "))
                .noneMatch(line -> line.contains("$$Lambda"))
                .noneMatch(line -> line.contains("VarHandleByteArray"));
    }
}
