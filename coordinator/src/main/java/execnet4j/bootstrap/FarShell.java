package execnet4j.bootstrap;

import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.spec.GatewaySpec;
import execnet4j.transport.ProcessTransport;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A way to a shell elsewhere, whose standard streams come here. */
interface FarShell {
    /** The one that a spec names, null for a worker of this machine. */
    static @Nullable FarShell of(GatewaySpec spec) {
        if (spec.ssh().isPresent()) {
            return new SshShell(spec.ssh().get(), spec);
        }
        if (!spec.vagrantSsh().isEmpty()) {
            return new VagrantShell(spec);
        }
        return spec.shellCommand().map(CommandShell::new).orElse(null);
    }

    /** The host, or what else the place is called, for messages. */
    String host();

    /** What has one cache of kernels, as far as can be told from here. */
    String place();

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
    ProcessTransport open(String id, Consumer<String> output, Deadline deadline)
            throws IOException, FarFailure, InterruptedException;

    /** Why it failed before the shell there said a word, from how its command ended. */
    FarFailure explain(FarFailure failure, WorkerDiagnosis diagnosis);
}
