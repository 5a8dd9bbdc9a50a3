package execnet4j.cli;

import execnet4j.pool.TaskResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes each result as one line of JSON, UTF-8, and at once: who reads the results need not wait for the last. */
final class ResultLines {
    private final OutputStream out;
    private final Console console;

    ResultLines(OutputStream out, Console console) {
        this.out = out;
        this.console = console;
    }

    /**
     * Writes one line.
     *
     * @return the error it holds, or null if it holds a result
     * @throws IOException if nobody takes the lines any more
     */
    @Nullable
    String write(TaskResult<?> result) throws IOException {
        String item = "{\"item\":" + JsonValue.text(result.item());
        String error = result.error();
        String rest;
        if (error == null) {
            try {
                rest = ",\"result\":" + JsonValue.text(result.value());
            } catch (IOException unwritable) {
                error = "the result has no JSON form: " + unwritable.getMessage();
                rest = errorText(error);
            }
        } else {
            rest = errorText(error);
        }
        byte[] line = (item + rest + "}\n").getBytes(StandardCharsets.UTF_8);
        console.withoutBar(() -> out.write(line));
        return error;
    }

    private static String errorText(String error) throws IOException {
        return ",\"error\":" + JsonValue.text(error);
    }
}
