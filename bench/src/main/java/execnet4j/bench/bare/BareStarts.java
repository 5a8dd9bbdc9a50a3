package execnet4j.bench.bare;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.bench.ours.WorkerCommand;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Bare JVMs started side by side, with the options that a worker has, until each has answered one line; in milliseconds. A
 * worker's class path is the beginning of theirs, so that an archive of classes that a worker has serves them, too. Of several
 * each has a session of its own, as workers have; of one that would only be the time to make it.
 */
public final class BareStarts implements Probe {
    private static final byte[] LINE = "a line\n".getBytes(StandardCharsets.US_ASCII);

    private final int count;

    /**
     * Starts nothing yet.
     *
     * @param count how many at once
     */
    public BareStarts(int count) {
        this.count = count;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        List<String> options = options();
        List<Process> processes = new ArrayList<>();
        try {
            return Timed.figure(1e3 * Timed.once(() -> run(options, processes)));
        } finally {
            for (Process each : processes) {
                each.destroy();
                each.waitFor();
            }
        }
    }

    private static List<String> options() throws URISyntaxException {
        WorkerCommand worker = WorkerCommand.ofNewWorker();
        Path own = Path.of(BareStarts.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> options = new ArrayList<>(worker.options());
        options.addAll(List.of("-cp", worker.classPath() + File.pathSeparator + own));
        return options;
    }

    private void run(List<String> options, List<Process> processes) throws IOException {
        for (int i = 0; i < count; i++) {
            Process process = count == 1
                    ? ChildJvm.start(options, AnswerMain.class)
                    : ChildJvm.startInOwnSession(options, AnswerMain.class);
            processes.add(process);
            process.getOutputStream().write(LINE);
            process.getOutputStream().flush();
        }
        for (Process each : processes) {
            if (each.getInputStream().readNBytes(LINE.length).length < LINE.length) {
                throw new IOException("a bare JVM did not answer");
            }
        }
    }
}
