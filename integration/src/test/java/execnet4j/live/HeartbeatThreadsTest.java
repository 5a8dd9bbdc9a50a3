package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.programs.HeartbeatThreads;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pipes of this machine have no heartbeats, other ways have. */
@Timeout(120)
class HeartbeatThreadsTest {
    @TempDir
    Path cache;

    @Test
    void onlyWorkersElsewhereHaveThem() throws Exception {
        String elsewhere = "command=env//env:XDG_CACHE_HOME=" + cache;
        String python = "//python=python3";
        try (ChildJvm program = ChildJvm.of(
                HeartbeatThreads.class,
                List.of(),
                Map.of(),
                "popen",
                "popen" + python,
                elsewhere,
                elsewhere + python)) {
            assertThat(program.readTo("done"))
                    .containsExactly("false, false", "false, false", "true, true", "true, true", "done");
        }
    }
}
