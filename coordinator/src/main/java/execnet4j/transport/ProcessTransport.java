package execnet4j.transport;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.process.ChildProcess;
import execnet4j.protocol.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A child process: its pipes carry the protocol, its standard error what the worker prints.
 *
 * <p>Its exit is noticed in whichever way is the first: by the thread that has read its output to the end; by the JDK, whose
 * word comes on a thread of the common pool, which a program may have blocked; or by who asks for a {@link #diagnosis}, if a
 * process that it left behind holds its output open.
 */
public final class ProcessTransport implements FarTransport {
    /** With these a worker has gone down its own ladder, and has ended its children. */
    private static final Set<Integer> ORDERLY = Set.of(ExitStatus.ENDED, ExitStatus.INTERRUPTED, ExitStatus.HALTED);

    /** What ssh returns when it lost the connection, or the worker's shell was killed. */
    private static final int WAY_LOST = 255;

    private final String host;
    private final List<String> command;
    private final String shortCommand;
    private final Process process;
    private final @Nullable Function<Deadline, List<String>> way;
    private final OutputLines printed;
    /** Somebody has noticed the exit, and ends what the process left behind; {@link #exit} completes after that. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private final CompletableFuture<WorkerEnd> exit = new CompletableFuture<>();
    private volatile boolean endExpected;
    /** Whether it has been left to itself elsewhere. */
    private volatile boolean left;
    /** Kills what this process is the way to, and says whether it could. */
    private volatile BooleanSupplier killThere = () -> false;

    private ProcessTransport(
            String id,
            String host,
            @Nullable Function<Deadline, List<String>> way,
            Process process,
            List<String> command,
            String shortCommand,
            Consumer<String> output) {
        this.host = host;
        this.way = way;
        this.command = command;
        this.shortCommand = shortCommand;
        this.process = process;
        this.printed = new OutputLines(id, process.getErrorStream(), output, this::awaitExit);
        CompletableFuture<Void> unused = process.onExit().thenRunAsync(this::awaitExit, DaemonThreads.pool());
    }

    /**
     * Starts a process.
     *
     * @param id the gateway's, for the names of threads
     * @param builder command, directory and environment
     * @param shortCommand the part of the command that a user would recognise, for messages
     * @param output gets each line that the process prints to its standard error
     * @return the running process
     * @throws IOException if it cannot be started
     */
    public static ProcessTransport start(
            String id, ProcessBuilder builder, String shortCommand, Consumer<String> output) throws IOException {
        List<String> command = List.copyOf(builder.command());
        return new ProcessTransport(id, "localhost", null, builder.start(), command, shortCommand, output);
    }

    /**
     * Starts a process that is the way to a worker elsewhere, and has that worker's exit status when all goes well. To kill it
     * alone is to leave the worker to itself: see {@link #killThere}.
     *
     * @param id the gateway's, for the names of threads
     * @param host where the worker is
     * @param builder command, directory and environment
     * @param shortCommand the part of the command that a user would recognise, for messages
     * @param output gets each line that the worker, or the process itself, prints to its standard error
     * @param way what the way itself has said last, if the process has lost it and does not say so
     * @return the running process
     * @throws IOException if it cannot be started
     */
    public static ProcessTransport startWayTo(
            String id,
            String host,
            ProcessBuilder builder,
            String shortCommand,
            Consumer<String> output,
            Function<Deadline, List<String>> way)
            throws IOException {
        List<String> command = List.copyOf(builder.command());
        return new ProcessTransport(id, host, way, builder.start(), command, shortCommand, output);
    }

    @Override
    public InputStream input() {
        return process.getInputStream();
    }

    @Override
    public OutputStream output() {
        return process.getOutputStream();
    }

    @Override
    public CompletableFuture<WorkerEnd> exit() {
        return exit;
    }

    @Override
    public void expectEnd() {
        endExpected = true;
    }

    @Override
    public void killThere(BooleanSupplier way) {
        killThere = way;
    }

    /** Its number may be another's after its end; what it left behind has been ended then, see {@link #awaitExit}. */
    @Override
    public void kill() {
        if (!process.isAlive()) {
            return;
        }
        left = !killThere.getAsBoolean();
        ChildProcess.kill(process);
    }

    @Override
    public WorkerDiagnosis diagnosis(Duration patience) {
        Deadline deadline = Deadline.in(patience);
        OptionalInt known = OptionalInt.empty();
        try {
            if (process.waitFor(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                known = OptionalInt.of(process.exitValue());
                DaemonThreads.pool().execute(this::awaitExit);
                printed.awaitEnd(deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> lines = new ArrayList<>(printed.lastLines());
        if (way != null && known.orElse(0) == WAY_LOST) {
            lines.addAll(way.apply(deadline));
        }
        return new WorkerDiagnosis(host, command, shortCommand, known, lines);
    }

    /** Once is enough; who comes later has nothing to do. */
    private void awaitExit() {
        int code = waitFor();
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!endExpected || !ORDERLY.contains(code)) {
                ChildProcess.killGroup(process);
            }
        } finally {
            boolean outOfSight = way != null && (left || code == WAY_LOST);
            exit.complete(outOfSight ? WorkerEnd.OUT_OF_SIGHT : WorkerEnd.of(code));
        }
    }

    private int waitFor() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Nobody who knows this thread interrupts it, and its work is not done.
            }
        }
    }
}
