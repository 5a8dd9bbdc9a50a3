package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.spec.ShellCommand;
import execnet4j.text.HarmlessText;
import execnet4j.transport.FarTransport;
import execnet4j.transport.Hop;
import execnet4j.transport.Relay;
import execnet4j.transport.RelayTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A shell that another gateway's worker starts where it is, or the way from there to a shell in a third place. */
final class ViaShell implements FarShell {
    /** That of a command that is not there; before it says a word no shell or ssh ends with it. */
    private static final int NO_COMMAND = 69;

    /** A session of its own, so that all of it can be killed together. */
    private static final String RUN = "command -v \"$1\" >/dev/null 2>&1 || exit " + NO_COMMAND + "; "
            + "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

    private final Hop hop;
    private final FarShell shell;
    private final boolean leadsOn;

    /** Leads to where the worker of the hop is, or on from there by another shell's command. */
    ViaShell(Hop hop, @Nullable FarShell onward) {
        this.hop = hop;
        this.leadsOn = onward != null;
        this.shell = onward == null ? new CommandShell(new ShellCommand(List.of(), hop.host())) : onward;
    }

    @Override
    public String host() {
        return shell.host();
    }

    @Override
    public String place() {
        return "via " + hop.host() + " " + hop.id() + " " + shell.place();
    }

    @Override
    public String knownJava() {
        return leadsOn || hop.python() ? "" : hop.program();
    }

    @Override
    public String inShort() {
        return HarmlessText.inShort(shell.inShort() + ", via gateway " + hop.id());
    }

    @Override
    public List<String> command() {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", RUN, "execnet4j-shell"));
        words.addAll(shell.command());
        return words;
    }

    @Override
    public FarTransport open(String id, Consumer<String> output, Deadline deadline) throws IOException {
        try {
            Relay relay = hop.start(command(), deadline);
            return new RelayTransport(id, host(), command(), inShort(), leadsOn, relay, output);
        } catch (ExecnetException e) {
            throw new IOException("gateway " + hop.id() + " cannot be gone through: " + e.getMessage(), e);
        }
    }

    @Override
    public FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis) {
        return diagnosis.exitStatus().orElse(0) == NO_COMMAND
                ? new FarFailure(
                        Stage.SPAWN,
                        "there is no command " + shell.command().get(0) + " where gateway " + hop.id() + " is")
                : shell.explain(failure, diagnosis);
    }

    @Override
    public boolean runs(String program, Duration patience) throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(patience);
        Relay relay;
        try {
            relay = hop.start(command(), deadline);
        } catch (ExecnetException e) {
            throw new IOException(e);
        }
        try (OutputStream out = relay.input()) {
            out.write(program.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            OptionalInt status = relay.end().get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            return status.orElse(1) == 0;
        } catch (TimeoutException e) {
            relay.kill();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
