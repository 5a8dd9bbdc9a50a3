package execnet4j.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command. */
@Command(
        name = "bench/compare",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        description = {
            "Measures execnet4j side by side with what the system can do (a small C program, bare JVMs) and with peers"
                    + " (stock execnet, gRPC, Py4J, where they are to be had), in turn, round after round, and prints a"
                    + " table: medians, in brackets the least and the most, and ratios taken within each round.",
            "",
            "With two Javas and on two processors it takes some 12 minutes, and a minute with --quick where much else runs. Nothing else should run meanwhile.",
            ""
        },
        footer = {
            "",
            "The topics are round-trip, small-values, bytes, start, serializer, channels, tasks, workers,"
                    + " flow-control, map and python.",
            "The exit status is 0 if everything could be measured, however it came out."
        })
public final class Compare implements Callable<Integer> {
    @Option(
            names = "--quick",
            description =
                    "everything once and tiny, with the newest Java alone and not on one processor: shows that it works, not how fast it is")
    private boolean quick;

    @Option(names = "--only", arity = "1..*", paramLabel = "TOPIC", description = "these topics alone")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--jdk",
            paramLabel = "RELEASE",
            description = "with this Java alone, such as 25, out of those that are found as ./check finds them; may be"
                    + " given several times")
    private List<Integer> releases = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "also write the table into this Markdown file, between the lines that say so, or as a new file")
    private @Nullable Path out;

    @Option(names = "--rounds", paramLabel = "N", description = "how many rounds count, instead of 7")
    private int rounds;

    private final String command;

    private Compare(String command) {
        this.command = command;
    }

    /**
     * Runs the command and ends the process with its status.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        String command = ("bench/compare " + String.join(" ", args)).strip();
        System.exit(new CommandLine(new Compare(command)).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Effort effort = quick ? Effort.QUICK : rounds > 0 ? Effort.FULL.withRounds(rounds) : Effort.FULL;
        List<Jdk> jdks = jdks();
        Peers peers = Peers.ofProperties();
        Plan plan = new Plan(jdks, peers, effort);
        topics().forEach(each -> each.plan(plan));
        Samples samples = new Rounds(plan, new ProcessFamily(), System.err).run();
        List<List<String>> rows = plan.comparisons().stream()
                .map(each -> quick ? each.unjudged(samples) : each.cells(samples))
                .toList();
        String text = Machine.facts(jdks, peers, command) + "\n\n" + Table.of(rows) + Table.total(rows);
        System.out.println(text);
        if (out != null) {
            Page.write(out, text);
        }
        return samples.failures().isEmpty() ? 0 : 1;
    }

    private List<Jdk> jdks() {
        List<Jdk> all = Jdk.all(System.getProperty("execnet4j.bench.jdks", ""));
        for (int each : releases) {
            if (all.stream().noneMatch(jdk -> jdk.release() == each)) {
                throw wrong("no JDK " + each + " found; there are: " + all);
            }
        }
        if (releases.isEmpty()) {
            return quick ? all.subList(all.size() - 1, all.size()) : all;
        }
        return all.stream().filter(jdk -> releases.contains(jdk.release())).toList();
    }

    private List<Topic> topics() {
        List<String> names = Topics.ALL.stream().map(Topic::name).toList();
        for (String each : only) {
            if (!names.contains(each)) {
                throw wrong("there is no topic '" + each + "'; there are " + String.join(", ", names));
            }
        }
        return Topics.ALL.stream()
                .filter(each -> only.isEmpty() || only.contains(each.name()))
                .toList();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(new CommandLine(this), message);
    }
}
