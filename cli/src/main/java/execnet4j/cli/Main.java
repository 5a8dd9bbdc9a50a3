package execnet4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code execnet4j}; each of its commands is a class of its own. */
@Command(
        name = "execnet4j",
        description = "Starts worker processes, ships code to them and collects what they return.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MapCommand.class, ServeCommand.class, WorkerScriptCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs a command and ends the process with its status: 0 for success, 2 for a wrong command line, else what the command's help says.
     *
     * @param arguments the words of the command line
     */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setParameterExceptionHandler(Main::wrongCommandLine);
    }

    private static int wrongCommandLine(ParameterException wrong, String[] arguments) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        String what = whatIsWrong(wrong);
        wrong.getCommandLine()
                .getErr()
                .println("execnet4j: " + what + (what.endsWith("?") ? " See '" : "; see '") + command.qualifiedName()
                        + " --help'");
        return command.exitCodeOnInvalidInput();
    }

    /** An option that does not exist is the reason also for what is missing where it stands. */
    private static String whatIsWrong(ParameterException wrong) {
        CommandLine commandLine = wrong.getCommandLine();
        if (wrong instanceof MissingParameterException) {
            for (String each : commandLine.getUnmatchedArguments()) {
                if (each.startsWith("-")) {
                    return "Unknown option: '" + each + "'";
                }
            }
        }
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !commandLine.getSubcommands().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return "there is no command '" + word + "'; there is "
                        + String.join(", ", commandLine.getSubcommands().keySet());
            }
        }
        return String.valueOf(wrong.getMessage());
    }

    /** Called where no command is named. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
