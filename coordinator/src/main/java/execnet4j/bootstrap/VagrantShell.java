package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.spec.GatewaySpec;
import execnet4j.text.HarmlessText;
import execnet4j.transport.LocalCommand;
import execnet4j.transport.ProcessTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A shell in a machine of vagrant, which calls ssh itself. */
final class VagrantShell implements FarShell {
    private final List<String> machine;
    private final List<String> command;

    VagrantShell(GatewaySpec spec) {
        machine = spec.vagrantSsh();
        command = new ArrayList<>(List.of("vagrant", "ssh"));
        command.addAll(machine);
        command.add("--");
        command.addAll(SshOptions.common(spec.connectTimeout()));
        command.add("exec sh");
    }

    @Override
    public String host() {
        return HarmlessText.inShort(machine.get(machine.size() - 1));
    }

    @Override
    public String place() {
        return String.join(" ", command);
    }

    @Override
    public String inShort() {
        return HarmlessText.inShort("vagrant ssh " + String.join(" ", machine));
    }

    @Override
    public List<String> command() {
        return List.copyOf(command);
    }

    @Override
    public ProcessTransport open(String id, Consumer<String> output, Deadline deadline) throws IOException {
        LocalCommand.require("vagrant");
        ProcessBuilder builder = new ProcessBuilder(LocalCommand.inOwnSession(command));
        return ProcessTransport.startWayTo(id, host(), builder, inShort(), output, patience -> List.of());
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        return SshComplaint.of(failure, diagnosis);
    }
}
