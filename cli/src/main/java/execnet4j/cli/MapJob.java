package execnet4j.cli;

import execnet4j.Group;
import execnet4j.GroupBuilder;
import execnet4j.PreparedFunction;
import execnet4j.error.ExecnetException;
import execnet4j.error.GroupStartException;
import execnet4j.pool.TaskPool;
import execnet4j.pool.TaskResults;
import execnet4j.spec.GatewaySpec;
import execnet4j.text.HarmlessText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One map from its workers' start to their end. */
final class MapJob {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int READER_GONE = 141;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final Path task;
    private final MapInput input;
    private final int retries;
    private final Console console;
    private final @Nullable DialIns dialIns;

    /** With the workers that come by themselves, if it is to be done by those. */
    MapJob(Path task, MapInput input, int retries, Console console, @Nullable DialIns dialIns) {
        this.dialIns = dialIns;
        this.task = task;
        this.input = input;
        this.retries = retries;
        this.console = console;
    }

    /**
     * Does all of it.
     *
     * @param specs where to get workers
     * @param startAvailable whether to go on without workers that do not start
     * @return the exit status
     * @throws ExecnetException if there are no workers, or the task does not compile
     * @throws IllegalArgumentException if the task is not one
     */
    int run(List<String> specs, boolean startAvailable) throws IOException {
        Progress progress = new Progress(console, input.count());
        MapRun run = new MapRun(new ResultLines(new FileOutputStream(FileDescriptor.out), console), progress, console);
        Interruption interruption = new Interruption(() -> {
            run.stop();
            console.lastLine(interrupted(run));
        });
        long begin = System.nanoTime();
        int workers;
        try (progress;
                interruption) {
            workers = work(run, specs, startAvailable);
        } catch (IOException | RuntimeException e) {
            if (interruption.hasBegun()) {
                return FAILED;
            }
            if (e instanceof IOException && "Broken pipe".equals(e.getMessage())) {
                return READER_GONE;
            }
            throw e;
        }
        if (run.stopped()) {
            return FAILED;
        }
        if (run.items() == 0) {
            console.line("execnet4j: there was nothing to do: the input had no items");
        }
        // After the workers' end: what they print while they end comes before the last line.
        console.line(run.totals(workers, Duration.ofNanos(System.nanoTime() - begin)));
        return run.failures() == 0 ? DONE : FAILED;
    }

    /** The number of workers. */
    private int work(MapRun run, List<String> specs, boolean startAvailable) throws IOException {
        requireTask();
        List<String> needed = dialIns == null ? needed(specs, startAvailable) : List.of();
        int number = dialIns == null ? needed.size() : input.countUpTo(dialIns.workers());
        if (number == 0) {
            return 0;
        }
        try (Group group = dialIns == null ? start(needed, startAvailable) : dialIns.start(group(), number)) {
            int workers = group.size();
            try (TaskResults<Object> results =
                    TaskPool.of(group).retries(retries).map(task, input)) {
                run.writeAll(results);
            } catch (IOException nobodyReads) {
                group.terminate(AT_ONCE);
                throw nobodyReads;
            }
            return workers;
        }
    }

    /** What is wrong with a Java task is told before any worker is started. */
    private void requireTask() {
        try (Group none = group().build()) {
            PreparedFunction unused = none.prepare(task);
        }
    }

    /** No more workers than there are items; where some may not start, or go through others, all or none. */
    private List<String> needed(List<String> specs, boolean startAvailable) {
        List<GatewaySpec> all = specs.stream()
                .flatMap(each -> GatewaySpec.expand(each).stream())
                .toList();
        boolean together =
                startAvailable || all.stream().anyMatch(each -> each.via().isPresent());
        int count = input.countUpTo(all.size());
        return all.stream()
                .limit(together && count > 0 ? all.size() : count)
                .map(GatewaySpec::text)
                .toList();
    }

    /** A task is one file: nothing of this command's own class path is there for it. */
    private GroupBuilder group() {
        return Group.builder()
                .taskClassPath(List.of())
                .outputListener((id, line) -> console.line("[" + id + "] " + HarmlessText.line(line)));
    }

    private Group start(List<String> specs, boolean startAvailable) {
        GroupBuilder builder = group();
        String[] all = specs.toArray(String[]::new);
        if (!startAvailable) {
            return startAll(builder, all);
        }
        Group group = builder.startAvailable(all);
        group.startFailures().values().forEach(why -> console.line("execnet4j: one worker less: " + why.getMessage()));
        if (group.size() == 0) {
            throw new ExecnetException("none of the workers started; the lines above say why");
        }
        return group;
    }

    private static Group startAll(GroupBuilder builder, String... specs) {
        try {
            return builder.start(specs);
        } catch (GroupStartException e) {
            if (e.failures().size() == specs.length) {
                throw e;
            }
            throw new ExecnetException(e.getMessage() + "\n(--start-available goes on with the workers that start)", e);
        }
    }

    private String interrupted(MapRun run) {
        return "interrupted; " + run.items() + (input.count() == Progress.UNKNOWN ? "" : " of " + input.count())
                + " done";
    }
}
