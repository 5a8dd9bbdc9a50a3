package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.spec.GatewaySpec;
import execnet4j.spec.SshTarget;
import execnet4j.text.HarmlessText;
import execnet4j.transport.LocalCommand;
import execnet4j.transport.ProcessTransport;
import execnet4j.transport.SshConnections;
import execnet4j.transport.SshFailure;
import execnet4j.transport.SshLease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A shell that the system's ssh gives, so that the user's configuration, agent, keys and known hosts are what they are. */
final class SshShell implements FarShell {
    /** How ssh says that the host allows no more sessions on a shared connection; it goes on by one of its own then. */
    private static final String REFUSED = "Session open refused by peer";

    /** In any login shell. */
    private static final String SHELL = "exec sh";

    private final SshTarget target;
    private final List<String> call;
    private volatile List<String> shared = List.of();

    SshShell(SshTarget target, GatewaySpec spec) {
        this.target = target;
        this.call = SshOptions.call(target, spec.connectTimeout());
    }

    @Override
    public String host() {
        return HarmlessText.inShort(target.host());
    }

    @Override
    public String place() {
        return String.join(" ", call);
    }

    @Override
    public String inShort() {
        return HarmlessText.inShort("ssh " + String.join(" ", target.words()) + " " + SHELL);
    }

    @Override
    public List<String> command() {
        return command(shared);
    }

    @Override
    public ProcessTransport open(String id, Consumer<String> output, Deadline deadline)
            throws IOException, FarFailure, InterruptedException {
        LocalCommand.require("ssh");
        if (!SshOptions.share(target, deadline)) {
            ProcessBuilder builder = new ProcessBuilder(LocalCommand.inOwnSession(command()));
            return ProcessTransport.startWayTo(id, host(), builder, inShort(), output, patience -> List.of());
        }
        SshLease lease;
        try {
            lease = SshConnections.lease(host(), call, output, deadline);
        } catch (SshFailure e) {
            FarFailure stuck = new FarFailure(Stage.CONNECT, "ssh did not connect in time");
            throw SshComplaint.of(stuck, e.diagnosis()).with(inShort(e.diagnosis()));
        }
        shared = lease.options();
        boolean opened = false;
        try {
            ProcessTransport transport = overShared(id, output, lease);
            CompletableFuture<Void> unused = transport.exit().thenRun(lease::close);
            opened = true;
            return transport;
        } finally {
            if (!opened) {
                lease.close();
            }
        }
    }

    private ProcessTransport overShared(String id, Consumer<String> output, SshLease lease) throws IOException {
        Consumer<String> lines = line -> {
            if (line.contains(REFUSED)) {
                lease.refused();
            } else {
                output.accept(line);
            }
        };
        ProcessBuilder builder = new ProcessBuilder(LocalCommand.inOwnSession(command()));
        return ProcessTransport.startWayTo(id, host(), builder, inShort(), lines, lease::lastWords);
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        return shared.isEmpty() ? SshComplaint.of(failure, diagnosis) : SshComplaint.ofConnected(failure, diagnosis);
    }

    private List<String> command(List<String> options) {
        List<String> words = new ArrayList<>(call);
        words.addAll(options);
        words.add(SHELL);
        return words;
    }

    /** What the user would recognise of the call. */
    private WorkerDiagnosis inShort(WorkerDiagnosis ofSsh) {
        return new WorkerDiagnosis(host(), ofSsh.command(), inShort(), ofSsh.exitStatus(), ofSsh.lastErrorLines());
    }
}
