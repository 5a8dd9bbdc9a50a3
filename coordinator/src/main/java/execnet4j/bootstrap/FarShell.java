package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.spec.GatewaySpec;
import execnet4j.transport.FarTransport;
import execnet4j.transport.Hop;
import execnet4j.transport.LocalCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A way to a shell elsewhere, whose standard streams come here. */
interface FarShell {
    /** The one that a spec names, through another gateway's worker if there is one; null for a worker of this machine. */
    static @Nullable FarShell of(GatewaySpec spec, @Nullable Hop hop) {
        if (hop != null && spec.installVia()) {
            return new InstalledShell(hop, spec);
        }
        FarShell shell = of(spec);
        return hop == null ? shell : new ViaShell(hop, shell);
    }

    private static @Nullable FarShell of(GatewaySpec spec) {
        if (spec.ssh().isPresent()) {
            return new SshShell(spec.ssh().get(), spec);
        }
        if (!spec.vagrantSsh().isEmpty()) {
            return new VagrantShell(spec);
        }
        if (spec.socket().isPresent()) {
            return spec.plainExecnet() ? null : new SocketShell(spec);
        }
        return spec.shellCommand().map(CommandShell::new).orElse(null);
    }

    /** The host, or what else the place is called, for messages. */
    String host();

    /** What has one cache of kernels, as far as can be told from here. */
    String place();

    /** The Java to be looked at first there, empty where none is known. */
    default String knownJava() {
        return "";
    }

    /** What of the command came from the user. */
    String inShort();

    /** All of it: by the same way as the worker, once that is open. */
    List<String> command();

    /**
     * Begins to open it. What the far side has to say is heard from the transport.
     *
     * @throws IOException if there is nothing to open it with
     * @throws FarFailure if it cannot be opened
     * @throws InterruptedException if interrupted
     */
    FarTransport open(String id, Consumer<String> output, Deadline deadline)
            throws IOException, FarFailure, InterruptedException;

    /**
     * Runs a program in a second shell there, whose output goes nowhere.
     *
     * @return whether it ended in time, and well
     * @throws IOException if there is no way
     * @throws InterruptedException if interrupted
     */
    default boolean runs(String program, Duration patience) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(LocalCommand.inOwnSession(command()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(program.getBytes(StandardCharsets.US_ASCII));
        }
        boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        return ended && process.exitValue() == 0;
    }

    /** Why it failed before the shell there said a word, from how its command ended. */
    FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis);
}
