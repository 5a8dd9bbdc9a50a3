package execnet4j.transport;

import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** By way of another gateway's worker, which has started the process that is the worker's shell, or the way to it. */
public final class RelayTransport implements FarTransport {
    /** What ssh returns when it lost the connection, or the worker's shell was killed. */
    private static final int WAY_LOST = 255;

    private final String host;
    private final List<String> command;
    private final String shortCommand;
    private final boolean leadsOn;
    private final Relay relay;
    private final OutputLines printed;
    private final CompletableFuture<WorkerEnd> exit = new CompletableFuture<>();
    private volatile boolean left;
    private volatile BooleanSupplier killThere = () -> false;

    /**
     * Takes a process.
     *
     * @param id the gateway's, for the names of threads
     * @param host where the worker is
     * @param command what the process was started by
     * @param shortCommand the part of it that a user would recognise, for messages
     * @param leadsOn whether the process is the way to another place, so that to kill it is to leave the worker there
     * @param relay the process
     * @param output gets each line that it prints to its standard error
     */
    public RelayTransport(
            String id,
            String host,
            List<String> command,
            String shortCommand,
            boolean leadsOn,
            Relay relay,
            Consumer<String> output) {
        this.host = host;
        this.command = List.copyOf(command);
        this.shortCommand = shortCommand;
        this.leadsOn = leadsOn;
        this.relay = relay;
        this.printed = new OutputLines(id, relay.errors(), output, () -> {});
        CompletableFuture<Void> unused = relay.end().thenAccept(status -> exit.complete(asEnd(status)));
    }

    private WorkerEnd asEnd(OptionalInt status) {
        boolean outOfSight = status.isEmpty() || left || (leadsOn && status.getAsInt() == WAY_LOST);
        return outOfSight ? WorkerEnd.OUT_OF_SIGHT : WorkerEnd.of(status.getAsInt());
    }

    @Override
    public InputStream input() {
        return relay.output();
    }

    @Override
    public OutputStream output() {
        return relay.input();
    }

    @Override
    public CompletableFuture<WorkerEnd> exit() {
        return exit;
    }

    @Override
    public void killThere(BooleanSupplier way) {
        killThere = way;
    }

    @Override
    public void kill() {
        if (!exit.isDone()) {
            // Where it leads nowhere, who started it kills the worker, too.
            left = leadsOn && !killThere.getAsBoolean();
            relay.kill();
        }
    }

    @Override
    public void expectEnd() {
        // What is left of its session is ended there in any case.
    }

    @Override
    public WorkerDiagnosis diagnosis(Duration patience) {
        Deadline deadline = Deadline.in(patience);
        OptionalInt known = OptionalInt.empty();
        if (deadline.awaits(relay.end())) {
            known = relay.end().join();
            printed.awaitEnd(deadline);
        }
        return new WorkerDiagnosis(host, command, shortCommand, known, printed.lastLines());
    }
}
