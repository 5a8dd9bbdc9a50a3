package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.pool.TaskResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapRunTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), 0);

    @Test
    void writesAndCounts() throws IOException {
        MapRun run = new MapRun(new ResultLines(out, console), new Progress(console, 2));
        run.writeAll(List.of(TaskResult.success("a", 1), TaskResult.failure("b", "no"))
                .iterator());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"item\":\"a\",\"result\":1}\n{\"item\":\"b\",\"error\":\"no\"}\n");
        assertThat(run.failures()).isEqualTo(1);
        assertThat(run.totals(4, Duration.ofMillis(1234))).isEqualTo("2 items, 4 workers, 1.2 seconds, 1 failure");
    }
}
