package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.spec.ShellCommand;
import execnet4j.text.HarmlessText;
import execnet4j.transport.LocalCommand;
import execnet4j.transport.ProcessTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Any command that gives a shell elsewhere. */
final class CommandShell implements FarShell {
    private final ShellCommand shell;

    CommandShell(ShellCommand shell) {
        this.shell = shell;
    }

    @Override
    public String host() {
        return HarmlessText.inShort(shell.place());
    }

    @Override
    public String place() {
        return String.join(" ", shell.words());
    }

    @Override
    public String inShort() {
        return HarmlessText.inShort(String.join(" ", command()));
    }

    @Override
    public List<String> command() {
        List<String> words = new ArrayList<>(shell.words());
        words.add("sh");
        return words;
    }

    @Override
    public ProcessTransport open(String id, Consumer<String> output, Deadline deadline) throws IOException {
        LocalCommand.require(shell.words().get(0));
        ProcessBuilder builder = new ProcessBuilder(LocalCommand.inOwnSession(command()));
        return ProcessTransport.startWayTo(id, host(), builder, inShort(), output, patience -> List.of());
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        boolean noShell = diagnosis.exitStatus().isPresent()
                && Launch.NO_COMMAND.contains(diagnosis.exitStatus().getAsInt());
        return noShell ? new FarFailure(Stage.INTERPRETER, "there is no shell 'sh' that can be run there") : failure;
    }
}
