package execnet4j.bench.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that is run anew for each request, with its words as arguments, and prints the figures. */
final class RunHost implements Host {
    private final ProcessFamily family;
    private final List<String> command;

    RunHost(ProcessFamily family, List<String> command) {
        this.family = family;
        this.command = command;
    }

    @Override
    public Map<String, Double> ask(String request, Duration sample) throws MeasurementException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(request.split(" ")));
        words.add(Long.toString(sample.toMillis()));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            family.add(process);
            try {
                return Figures.parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                family.end(process);
            }
        } catch (IOException e) {
            throw new MeasurementException(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    @Override
    public void close() {}
}
