package execnet4j.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A process that lives as long as its standard input and answers each line with a line. */
final class AskedHost implements Host {
    private static final long PATIENCE_SECONDS = 300;

    private final ProcessFamily family;
    private final Process process;
    private final BufferedReader answers;

    AskedHost(ProcessFamily family, List<String> command) throws MeasurementException {
        this.family = family;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new MeasurementException(e.getMessage() == null ? e.toString() : e.getMessage());
        }
        family.add(process);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, Double> ask(String request, Duration sample) throws MeasurementException, InterruptedException {
        CompletableFuture<@Nullable String> answer = CompletableFuture.supplyAsync(() -> exchange(request, sample));
        try {
            String line = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new MeasurementException("the measuring process has ended");
            }
            return Figures.parse(line);
        } catch (TimeoutException e) {
            throw new MeasurementException("nothing came for " + PATIENCE_SECONDS + " s");
        } catch (ExecutionException e) {
            throw new MeasurementException(String.valueOf(e.getCause()));
        }
    }

    private @Nullable String exchange(String request, Duration sample) {
        try {
            process.getOutputStream()
                    .write((request + " " + sample.toMillis() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return answers.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it may be asked again. */
    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        family.end(process);
    }
}
