package execnet4j.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessTransportTest {
    @TempDir
    Path folder = Path.of("");

    /** Its number may be another worker's by then; what is left in the group with that number stands for that here. */
    @Test
    void noKillAfterItsEnd() throws Exception {
        Path sign = folder.resolve("sign");
        String script = "(sleep 1; touch '" + sign + "') </dev/null >/dev/null 2>&1 & read line; exit 0";
        ProcessTransport transport =
                ProcessTransport.start("gw0", new ProcessBuilder("setsid", "sh", "-c", script), "sh", line -> {});
        transport.expectEnd();
        transport.output().close();
        assertThat(transport.exit().get(10, TimeUnit.SECONDS)).isEqualTo(WorkerEnd.of(0));

        transport.kill();

        await().until(() -> Files.exists(sign));
    }
}
