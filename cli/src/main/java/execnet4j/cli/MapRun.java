package execnet4j.cli;

import execnet4j.pool.TaskResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;

/** Takes results as they come, in order, writes them and counts. */
final class MapRun {
    private final ResultLines lines;
    private final Progress progress;
    private long items;
    private long failures;

    MapRun(ResultLines lines, Progress progress) {
        this.lines = lines;
        this.progress = progress;
    }

    /** Returns after the last result; throws IOException if nobody takes the lines any more. */
    void writeAll(Iterator<TaskResult> results) throws IOException {
        while (results.hasNext()) {
            boolean written = lines.write(results.next());
            items++;
            failures += written ? 0 : 1;
            progress.step();
        }
    }

    long failures() {
        return failures;
    }

    String totals(int workers, Duration taken) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %.1f seconds, %s",
                counted(items, "item"),
                counted(workers, "worker"),
                taken.toMillis() / 1000.0,
                counted(failures, "failure"));
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
