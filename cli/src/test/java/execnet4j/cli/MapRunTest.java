package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.pool.TaskResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MapRunTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(errors, true, StandardCharsets.UTF_8), 0);

    @Test
    void writesAndCounts() throws IOException {
        MapRun run = run(2);
        run.writeAll(List.of(TaskResult.success("a", 1), TaskResult.failure("b", "no"))
                .iterator());
        assertThat(text(out)).isEqualTo("{\"item\":\"a\",\"result\":1}\n{\"item\":\"b\",\"error\":\"no\"}\n");
        assertThat(text(errors)).isEqualTo("execnet4j: item \"b\": no\n");
        assertThat(run.failures()).isEqualTo(1);
        assertThat(run.totals(4, Duration.ofMillis(1234))).isEqualTo("2 items, 4 workers, 1.2 seconds, 1 failure");
    }

    @Test
    void ofManyFailuresTheFirstAreTold() throws IOException {
        MapRun run = run(100);
        run.writeAll(Collections.nCopies(100, TaskResult.failure("b", "no")).iterator());
        assertThat(text(out).lines()).hasSize(100);
        assertThat(text(errors).lines())
                .hasSize(11)
                .last()
                .isEqualTo("execnet4j: more items failed; the output has the reason for each");
        assertThat(run.failures()).isEqualTo(100);
    }

    @Test
    void whenStoppedNothingMoreIsWritten() throws IOException {
        MapRun run = run(2);
        Iterator<TaskResult<String>> results = Stream.of("a", "b")
                .peek(each -> {
                    if (each.equals("b")) {
                        run.stop();
                    }
                })
                .map(each -> TaskResult.success(each, each))
                .iterator();
        run.writeAll(results);
        assertThat(text(out)).isEqualTo("{\"item\":\"a\",\"result\":\"a\"}\n");
        assertThat(run.items()).isEqualTo(1);
    }

    private MapRun run(long items) {
        return new MapRun(new ResultLines(out, console), new Progress(console, items), console);
    }

    private static String text(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8);
    }
}
