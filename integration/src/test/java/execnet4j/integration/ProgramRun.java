package execnet4j.integration;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a program did.
 *
 * @param exitStatus its exit status
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 * @param leftOver processes that it or its children started and that were alive some seconds after its end
 */
public record ProgramRun(int exitStatus, String output, String errors, List<ProcessHandle> leftOver) {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final long SAMPLE_MILLIS = 10;

    /** Runs a command to its end, its output going to files in {@code folder}, which is also where it starts. */
    public static ProgramRun of(Path folder, List<String> command)
            throws IOException, InterruptedException, ExecutionException {
        return toEnd(start(folder, command), folder);
    }

    /** Starts a command, its output going to {@code stdout} and {@code stderr} in {@code folder}, where it starts. */
    public static Process start(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    /** Waits for the end of what {@link #start} has started in {@code folder}. */
    public static ProgramRun toEnd(Process process, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        Set<ProcessHandle> started = new LinkedHashSet<>();
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(started::add);
            if (System.nanoTime() > end) {
                started.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(
                        "not ended within " + TIMEOUT + "; it wrote:\n" + Files.readString(folder.resolve("stderr")));
            }
        }
        return new ProgramRun(
                process.exitValue(),
                Files.readString(folder.resolve("stdout")),
                Files.readString(folder.resolve("stderr")),
                leftOver(started));
    }

    private static List<ProcessHandle> leftOver(Set<ProcessHandle> started)
            throws InterruptedException, ExecutionException {
        CompletableFuture<?>[] ends =
                started.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toSeconds(), TimeUnit.SECONDS);
            return List.of();
        } catch (TimeoutException e) {
            return started.stream().filter(ProcessHandle::isAlive).toList();
        }
    }
}
