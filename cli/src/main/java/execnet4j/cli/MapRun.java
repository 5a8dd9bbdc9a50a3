package execnet4j.cli;

import execnet4j.pool.TaskResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Takes results as they come, in order, writes them and counts. One thread writes; any may stop it. */
final class MapRun {
    /** More failures than these are counted only: the output has them all. */
    private static final int FAILURES_TOLD = 10;

    private final ResultLines lines;
    private final Progress progress;
    private final Console console;
    private final AtomicLong items = new AtomicLong();
    private volatile boolean stopped;
    private long failures;

    MapRun(ResultLines lines, Progress progress, Console console) {
        this.lines = lines;
        this.progress = progress;
        this.console = console;
    }

    /** Returns after the last result, or when stopped; throws IOException if nobody takes the lines any more. */
    void writeAll(Iterator<? extends TaskResult<?>> results) throws IOException {
        while (!stopped && results.hasNext()) {
            TaskResult<?> result = results.next();
            if (!stopped) {
                write(result);
            }
        }
    }

    private void write(TaskResult<?> result) throws IOException {
        String error = lines.write(result);
        items.incrementAndGet();
        progress.step();
        if (error == null) {
            return;
        }
        failures++;
        if (failures <= FAILURES_TOLD) {
            console.line("execnet4j: item " + JsonValue.text(result.item()) + ": " + FailureText.inShort(error));
        } else if (failures == FAILURES_TOLD + 1) {
            console.line("execnet4j: more items failed; the output has the reason for each");
        }
    }

    /** No further result is written: what comes now fails because the workers are being ended. */
    void stop() {
        stopped = true;
    }

    boolean stopped() {
        return stopped;
    }

    long items() {
        return items.get();
    }

    long failures() {
        return failures;
    }

    String totals(int workers, Duration taken) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %.1f seconds, %s",
                counted(items.get(), "item"),
                counted(workers, "worker"),
                taken.toMillis() / 1000.0,
                counted(failures, "failure"));
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
