package execnet4j.bench.host;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures on request. A line of standard input has a probe's name, its arguments and for how many milliseconds to measure;
 * the answer is a line of {@code name=value} pairs, or {@code "! "} and what went wrong. Ends with standard input.
 */
public final class HostMain {
    private final Map<List<String>, Probe> probes = new HashMap<>();

    private HostMain() {}

    /**
     * Serves until standard input ends.
     *
     * @param args none
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        HostMain host = new HostMain();
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(host.answer(Arrays.asList(line.split(" "))));
        }
        host.probes.values().forEach(Probe::close);
        System.exit(0);
    }

    private String answer(List<String> words) {
        Duration time = Duration.ofMillis(Long.parseLong(words.get(words.size() - 1)));
        List<String> what = words.subList(0, words.size() - 1);
        try {
            Probe probe = probes.get(what);
            if (probe == null) {
                probe = Probes.make(what);
                probes.put(what, probe);
            }
            return probe.sample(time).entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining(" "));
        } catch (Exception | LinkageError e) {
            return ("! " + e).replaceAll("\\s+", " ");
        }
    }
}
