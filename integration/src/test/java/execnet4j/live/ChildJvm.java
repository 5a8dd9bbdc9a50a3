package execnet4j.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program of the test tree in a JVM of its own. Closing it kills whatever is left of it. */
public final class ChildJvm implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final CompletableFuture<String> errors;
    private final List<Long> pids = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.errors = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        pids.add(process.pid());
    }

    /** Runs a class with this process's class path. */
    public static ChildJvm of(Class<?> program, List<String> options, Map<String, String> env, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        words.addAll(List.of(arguments));
        return of(words, env);
    }

    /** Runs java with whatever arguments. */
    static ChildJvm of(List<String> arguments, Map<String, String> env) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Processes.heedingCtrlC(TestJvm.command(arguments)));
        builder.environment().putAll(env);
        return new ChildJvm(builder.start());
    }

    /** Reads its output up to a line; numbers at the end of lines are taken for ids of its processes. */
    public List<String> readTo(String last) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.equals(last)) {
                return lines;
            }
            String word = line.substring(line.lastIndexOf(' ') + 1);
            if (word.chars().allMatch(Character::isDigit)) {
                pids.add(Long.parseLong(word));
            }
        }
        throw new AssertionError("it ended after " + lines + " and " + errors.join());
    }

    /** Writes a line to its standard input. */
    void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Of itself. */
    public long pid() {
        return process.pid();
    }

    /** Of the processes that it told of. */
    public List<Long> told() {
        return List.copyOf(pids.subList(1, pids.size()));
    }

    /** Waits for its end. */
    int exitStatus() throws InterruptedException, TimeoutException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("still running");
        }
        return process.exitValue();
    }

    /** The rest of its output. */
    List<String> rest() {
        return output.lines().toList();
    }

    /** All it wrote to standard error; waits for its end. */
    String errors() throws InterruptedException, ExecutionException, TimeoutException {
        return errors.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Processes.killLeft(pids);
    }
}
