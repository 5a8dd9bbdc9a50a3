package execnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.pool.TaskResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultLinesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ResultLines lines = new ResultLines(out, new Console(System.err, 0));

    @Test
    void eachResultIsOneLineAtOnce() throws IOException {
        assertThat(lines.write(TaskResult.success("a.txt", Map.of("words", 3)))).isNull();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"item\":\"a.txt\",\"result\":{\"words\":3}}\n");
        assertThat(lines.write(TaskResult.success("é", null))).isNull();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\n{\"item\":\"é\",\"result\":null}\n");
    }

    @Test
    void aFailureIsALineWithItsError() throws IOException {
        assertThat(lines.write(TaskResult.failure("a", "Traceback:\n  x"))).isEqualTo("Traceback:\n  x");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"item\":\"a\",\"error\":\"Traceback:\\n  x\"}\n");
    }

    @Test
    void aResultWithoutJsonFormIsAnErrorOfItsItem() throws IOException {
        assertThat(lines.write(TaskResult.success("a", new Object()))).contains("no JSON form");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"item\":\"a\",\"error\":\"the result has no JSON form:"
                        + " a java.lang.Object cannot be written as JSON\"}\n");
    }

    @Test
    void aBrokenPipeIsThrown() {
        OutputStream nobody = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        ResultLines broken = new ResultLines(nobody, new Console(System.err, 0));
        assertThatThrownBy(() -> broken.write(TaskResult.success("a", 1)))
                .isInstanceOf(IOException.class)
                .hasMessage("Broken pipe");
    }
}
