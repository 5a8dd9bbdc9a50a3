package execnet4j.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class ChildProcessTest {
    @Test
    @EnabledOnOs(OS.LINUX) // what leads a session can be told only where there is /proc
    void whatIsInASessionBelowEndsWithItsLeader() throws Exception {
        String below = "sleep 1000 & echo $!; wait";
        Process process =
                new ProcessBuilder(List.of("sh", "-c", "setsid sh -c '" + below + "' & wait; exit 5")).start();
        try (BufferedReader out = process.inputReader()) {
            ProcessHandle deep =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();

            ChildProcess.killFromBelow(process);

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().until(() -> !deep.isAlive());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
