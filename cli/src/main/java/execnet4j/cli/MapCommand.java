package execnet4j.cli;

import execnet4j.Group;
import execnet4j.error.ExecnetException;
import execnet4j.error.SpecException;
import execnet4j.pool.TaskPool;
import execnet4j.pool.TaskResults;
import execnet4j.spec.GatewaySpec;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code execnet4j map}. */
@Command(
        name = "map",
        description = {
            "Gives items to workers, each worker one at a time, and prints one JSON line for each item, in the order of the"
                    + " items: {\"item\":...,\"result\":...} or {\"item\":...,\"error\":...}."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every item has a result", "1:some have not", "2:wrong command line"})
final class MapCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tx",
            paramLabel = "SPEC",
            description = "Where to get workers, such as 'popen' or '4*popen//nice=5'; may be given several times."
                    + " Default: one on this machine for each processor.")
    private List<String> tx = new ArrayList<>();

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "How often an item goes to another worker when its worker is lost. Default: ${DEFAULT-VALUE}.")
    private int retries;

    @Option(
            names = "--input-file",
            paramLabel = "FILE",
            description = "Reads more items from a file, one for each line.")
    private @Nullable Path inputFile;

    @Parameters(
            index = "0",
            paramLabel = "TASK",
            description = "A Java file whose class has: public static Object apply(Object item)")
    private Path task;

    @Parameters(
            index = "1..*",
            paramLabel = "ITEM",
            description =
                    "The items, each handed over as text; a lone - reads items from standard input, one for each line.")
    private List<String> items = new ArrayList<>();

    @Override
    public Integer call() {
        checkArguments();
        Console console = Console.ofProcess();
        try (MapInput input = new MapInput(items, inputFile, System.in)) {
            return map(input, console);
        } catch (ExecnetException | IllegalArgumentException | UncheckedIOException e) {
            console.line("execnet4j: " + e.getMessage());
        } catch (IOException e) {
            console.line("execnet4j: " + e);
        }
        return FAILED;
    }

    private void checkArguments() {
        if (retries < 0) {
            throw wrong("--retries is 0 or more, not " + retries);
        }
        if (items.isEmpty() && inputFile == null) {
            throw wrong("there are no items; name some, or give - or --input-file");
        }
        if (!Files.isReadable(task)) {
            throw wrong("there is no readable file " + task);
        }
        if (inputFile != null && !Files.isReadable(inputFile)) {
            throw wrong("there is no readable file " + inputFile);
        }
        if (tx.isEmpty()) {
            tx.add(Runtime.getRuntime().availableProcessors() + "*popen");
        }
        try {
            tx.forEach(GatewaySpec::expand);
        } catch (SpecException e) {
            throw wrong(e.getMessage());
        }
    }

    private ParameterException wrong(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }

    private int map(MapInput input, Console console) throws IOException {
        long begin = System.nanoTime();
        MapRun run;
        String totals;
        try (Group group = Group.builder()
                .outputListener((id, line) -> console.line("[" + id + "] " + line))
                .start(tx.toArray(String[]::new))) {
            int workers = group.size();
            try (TaskResults results = TaskPool.of(group).retries(retries).map(task, input);
                    Progress progress = new Progress(console, input.count())) {
                run = new MapRun(new ResultLines(new FileOutputStream(FileDescriptor.out), console), progress);
                run.writeAll(results);
            }
            totals = run.totals(workers, Duration.ofNanos(System.nanoTime() - begin));
        }
        // After the workers' end: what they print while they end comes before the last line.
        console.line(totals);
        return run.failures() == 0 ? DONE : FAILED;
    }
}
