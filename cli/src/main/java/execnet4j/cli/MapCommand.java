package execnet4j.cli;

import execnet4j.error.ExecnetException;
import execnet4j.error.RemoteTaskException;
import execnet4j.error.SpecException;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
                    + " items:",
            "  {\"item\":...,\"result\":...} or {\"item\":...,\"error\":...}"
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every item has a result",
            "1:some have not, or the work could not begin",
            "2:wrong command line",
            "130:ended by Ctrl-C (143 by SIGTERM); the workers are ended, too",
            "141:nobody read the output any more, as in '| head'"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  execnet4j map --tx 4*popen WordCount.java *.txt",
            "  execnet4j map --tx 4*popen//python=python3 word_count.py *.txt",
            "  find . -name '*.log' | execnet4j map --tx '2*popen//nice=10' Scan.java - >found.jsonl"
        })
final class MapCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--tx",
            paramLabel = "SPEC",
            description = "Where to get workers, such as 'popen' or '4*popen//nice=5'; may be given several times."
                    + " Default: one on this machine for each processor, in the task's language.")
    private List<String> tx = new ArrayList<>();

    @Mixin
    private final Listening listening = new Listening();

    @Option(
            names = "--start-available",
            description =
                    "Goes on with the workers that start. Without this, one that does not start ends the command.")
    private boolean startAvailable;

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
            description =
                    "One Java file whose class has: public static Object apply(Object item); or a Python file that has:"
                            + " def apply(item)")
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
            return new MapJob(task, input, retries, console, listening.begin(isPython(task), console))
                    .run(tx, startAvailable);
        } catch (RemoteTaskException e) {
            console.line("execnet4j: the task " + task + " cannot begin:\n" + e.getMessage());
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
            throw wrong("there are no items; name some after the task, or give - for standard input, or --input-file");
        }
        requireFile(task);
        boolean python = isPython(task);
        if (!python && !task.toString().endsWith(".java")) {
            throw wrong(task + " is no Java and no Python file; a task's name ends in .java or .py");
        }
        if (inputFile != null) {
            requireFile(inputFile);
        }
        listening.check(spec.commandLine(), !tx.isEmpty());
        if (tx.isEmpty()) {
            tx.add(Runtime.getRuntime().availableProcessors() + (python ? "*popen//python=python3" : "*popen"));
        }
        try {
            tx.forEach(text -> requireLanguage(text, GatewaySpec.expand(text).get(0), python));
        } catch (SpecException e) {
            throw wrong(e.getMessage());
        }
    }

    private static boolean isPython(Path task) {
        return task.toString().endsWith(".py");
    }

    private void requireLanguage(String text, GatewaySpec worker, boolean python) {
        if (python && worker.python().isEmpty()) {
            throw wrong("--tx " + text + " is a JVM worker and " + task + " is Python; a Python worker is --tx " + text
                    + "//python=python3");
        }
        if (!python && !worker.python().isEmpty()) {
            throw wrong("--tx " + text + " is a Python worker and " + task + " is Java; without python= it is a JVM");
        }
    }

    private void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw wrong(file + " is a directory, not a file");
        }
        if (!Files.isReadable(file)) {
            throw wrong((Files.exists(file) ? "this user may not read the file " : "there is no file ") + file);
        }
    }

    private ParameterException wrong(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }
}
