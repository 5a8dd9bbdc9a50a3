package execnet4j.bootstrap;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionSettings;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.HostNotFoundException;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.protocol.Offer;
import execnet4j.protocol.WorkerInfo;
import execnet4j.ship.CodeLibrary;
import execnet4j.ship.PythonProgram;
import execnet4j.spec.GatewaySpec;
import execnet4j.spec.HostAndPort;
import execnet4j.text.HarmlessText;
import execnet4j.transport.DialledWorker;
import execnet4j.transport.FarTransport;
import execnet4j.transport.Hop;
import execnet4j.transport.MeetingPoint;
import execnet4j.transport.NoHostException;
import execnet4j.transport.ProcessTransport;
import execnet4j.transport.ServedTransport;
import execnet4j.transport.SocketTransport;
import execnet4j.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Starts one worker and has the first words with it. Either it lives in the end, or nothing of it is left. */
public final class WorkerStart {
    private static final Duration FOR_LAST_OUTPUT = Duration.ofSeconds(1);
    private static final Duration FOR_KILL = Duration.ofSeconds(1);
    private static final int SHOWN_BYTES = 400;
    private static final String SOCKET = "socket";

    private final GatewaySpec spec;
    private final String id;
    private final Deadline deadline;
    private final Duration timeout;
    private final Launch launch;
    /** Where the worker may come to instead of speaking over its pipes; null for nowhere. */
    private final @Nullable MeetingPoint meeting;

    private @Nullable FarTalk talk;

    private WorkerStart(GatewaySpec spec, Launch launch, @Nullable MeetingPoint meeting, Duration timeout) {
        this.spec = spec;
        this.launch = launch;
        this.meeting = meeting;
        this.id = spec.id().orElseThrow();
        this.timeout = timeout;
        this.deadline = Deadline.in(timeout);
    }

    /**
     * Starts a worker, a JVM or a Python as the spec wants, or connects to one.
     *
     * @param spec with an id
     * @param hop the worker to go through, if the spec says that there is one
     * @param byteBudget for unread bytes at the coordinator; also asked of the worker if {@code forWorkerToo}
     * @param forWorkerToo whether the user chose the budget, so that it holds at both ends
     * @param libraries answers the worker's requests for code, given its Java release
     * @param output gets each line that the worker prints
     * @param timeout how long it may take
     * @return the worker
     * @throws GatewayStartException if it did not come to life
     * @throws ChannelInterruptedException if interrupted
     */
    public static LiveWorker start(
            GatewaySpec spec,
            @Nullable Hop hop,
            long byteBudget,
            boolean forWorkerToo,
            IntFunction<CodeLibrary> libraries,
            Consumer<String> output,
            Duration timeout) {
        try (MeetingPoint meeting = Launch.meets(spec) ? MeetingPoint.open() : null) {
            Launch launch = Launch.of(spec, hop, offer(spec, byteBudget, forWorkerToo, meeting));
            return new WorkerStart(spec, launch, meeting, timeout).run(byteBudget, libraries, output);
        }
    }

    /**
     * Takes a worker that came by itself.
     *
     * @param spec with an id, of the key {@code dialled}
     * @param worker what came
     * @param byteBudget for unread bytes at the coordinator; also asked of the worker if {@code forWorkerToo}
     * @param forWorkerToo whether the user chose the budget, so that it holds at both ends
     * @param libraries answers the worker's requests for code, given its Java release
     * @param output gets each line that the worker prints
     * @param timeout how long it may take
     * @return the worker
     * @throws GatewayStartException if it is gone, or does not speak as it should
     * @throws ChannelInterruptedException if interrupted
     */
    public static LiveWorker take(
            GatewaySpec spec,
            DialledWorker worker,
            long byteBudget,
            boolean forWorkerToo,
            IntFunction<CodeLibrary> libraries,
            Consumer<String> output,
            Duration timeout) {
        WorkerStart start = new WorkerStart(
                spec, Launch.ofDialled(spec, offer(spec, byteBudget, forWorkerToo, null)), null, timeout);
        Transport transport = ServedTransport.of(spec.dialled().orElseThrow(), worker, output);
        return start.live(transport, byteBudget, libraries, output);
    }

    private static Offer offer(
            GatewaySpec spec, long byteBudget, boolean forWorkerToo, @Nullable MeetingPoint meeting) {
        return new Offer(
                spec.id().orElseThrow(),
                spec.execModel().text(),
                forWorkerToo ? byteBudget : null,
                meeting == null ? null : meeting.path(),
                WorkerWatch.isFor(spec) ? (int) spec.orphanTimeout().toSeconds() : null);
    }

    private LiveWorker run(long byteBudget, IntFunction<CodeLibrary> libraries, Consumer<String> output) {
        if (deadline.hasPassed()) {
            throw notSpawned("there was no time left to start it", null);
        }
        return live(open(output), byteBudget, libraries, output);
    }

    /** Has the first words. */
    private LiveWorker live(
            Transport transport, long byteBudget, IntFunction<CodeLibrary> libraries, Consumer<String> output) {
        ConnectionSettings settings =
                new ConnectionSettings(id, true, launch.extensions(), launch.python(), byteBudget);
        boolean alive = false;
        try {
            CoordinatorHost host = meet(transport, firstWords(transport), settings, libraries);
            Connection connection = host.connection();
            connection.start();
            CompletableFuture<Void> unused = transport
                    .exit()
                    .thenAcceptAsync(end -> connection.peerGone("its process ended"), DaemonThreads.pool());
            CompletableFuture<WorkerInfo> hello = launch.extensions() ? host.hello() : asked(connection);
            WorkerInfo info = await(transport, hello, "it did not say what it is");
            host.started();
            alive = true;
            WorkerWatch watch = new WorkerWatch(host, transport, spec, output);
            if (WorkerWatch.isFor(spec, host)) {
                Heartbeats.begin(watch, connection);
            }
            return new LiveWorker(host, transport, info, watch, ClassArchive.isUsedIn(launch.command()));
        } finally {
            if (!alive) {
                end(transport);
            }
        }
    }

    private Transport open(Consumer<String> output) {
        if (spec.dialled().isPresent()) {
            throw notSpawned("a worker that came by itself cannot be started from here; have another one come", null);
        }
        if (spec.socket().isPresent() && spec.plainExecnet()) {
            return connect(spec.socket().get());
        }
        FarShell far = launch.far();
        if (far == null) {
            return spawn(output);
        }
        try {
            ShippedRuntime runtime = spec.shipsJava() ? ShippedRuntime.current(output, deadline) : null;
            FarProgram program = FarProgram.of(spec, far.knownJava(), runtime);
            FarTransport transport = far.open(id, output, deadline);
            FarTalk farTalk = new FarTalk(transport, program, runtime, far.place() + spec.env(), output);
            transport.killThere(() -> FarKill.of(far, farTalk));
            talk = farTalk;
            return transport;
        } catch (IOException e) {
            throw notSpawned(String.valueOf(e.getMessage()), e);
        } catch (FarFailure e) {
            throw didNotStart(e, e.diagnosis() == null ? unstarted() : e.diagnosis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private SocketTransport connect(HostAndPort address) {
        try {
            return SocketTransport.connect(address, deadline.orSooner(spec.connectTimeout()));
        } catch (NoHostException e) {
            throw new HostNotFoundException(
                    "gateway " + id + " (" + spec + ") did not start: " + e.getMessage(),
                    SocketTransport.diagnosis(SOCKET, address),
                    e);
        } catch (IOException e) {
            throw new GatewayStartException(
                    Stage.CONNECT,
                    "gateway " + id + " (" + spec + ") did not start: " + e.getMessage(),
                    SocketTransport.diagnosis(SOCKET, address),
                    e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Plain execnet does not say what it is of itself. */
    private CompletableFuture<WorkerInfo> asked(Connection connection) {
        CompletableFuture<WorkerInfo> info = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                Channel channel = connection.exec(connection.encode(PythonProgram.info()), deadline.remaining());
                info.complete(WorkerInfo.of(channel.receive(deadline.remaining())));
            } catch (RuntimeException e) {
                info.completeExceptionally(e);
            }
        });
        return info;
    }

    private ProcessTransport spawn(Consumer<String> output) {
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.environment().putAll(spec.env());
        try {
            if (spec.chdir().isPresent()) {
                builder.directory(workingDirectory(spec.chdir().get()));
            }
            return ProcessTransport.start(id, builder, launch.inShort(), output);
        } catch (IOException e) {
            throw notSpawned(String.valueOf(e.getMessage()), e);
        }
    }

    private GatewayStartException notSpawned(String why, @Nullable IOException cause) {
        return new GatewayStartException(
                Stage.SPAWN, "gateway " + id + " (" + spec + ") did not start: " + why, unstarted(), cause);
    }

    private WorkerDiagnosis unstarted() {
        FarShell far = launch.far();
        String host = far == null ? "localhost" : far.host();
        return spec.socket().isPresent() && far == null
                ? SocketTransport.diagnosis(SOCKET, spec.socket().get())
                : new WorkerDiagnosis(host, launch.command(), launch.inShort(), OptionalInt.empty(), List.of());
    }

    /** As execnet has it: a relative one that is missing is made, below the coordinator's. */
    private static File workingDirectory(String directory) throws IOException {
        Path path = Path.of(directory);
        try {
            if (!path.isAbsolute() && !Files.exists(path)) {
                Files.createDirectories(path);
            }
        } catch (IOException e) {
            throw new IOException("chdir=" + directory + " cannot be made: " + e, e);
        }
        if (!Files.isDirectory(path)) {
            String why = Files.exists(path) ? " is no directory" : " does not exist";
            throw new FileNotFoundException("chdir=" + directory + why);
        }
        return path.toFile();
    }

    /** Goes on where the worker has said that it speaks. */
    private CoordinatorHost meet(
            Transport transport, int answer, ConnectionSettings settings, IntFunction<CodeLibrary> libraries) {
        try {
            if (meeting == null || answer == Offer.READY) {
                return new CoordinatorHost(transport, null, Launch.moves(spec), settings, libraries);
            }
            CoordinatorHost host = new CoordinatorHost(transport, meeting.accept(), false, settings, libraries);
            transport.output().close();
            transport.input().close();
            return host;
        } catch (IOException e) {
            throw failed(transport, "it cannot be met: " + e.getMessage(), e);
        }
    }

    /** What it answers to the first line: that it is ready, in one way or the other. */
    private int firstWords(Transport transport) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        FarTalk farTalk = talk;
        DaemonThreads.pool().execute(() -> {
            try {
                if (farTalk != null) {
                    farTalk.toTheWorker();
                }
                say(transport);
                answer.complete(transport.input().read());
            } catch (IOException | FarFailure | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        int first = await(transport, answer, "it did not answer");
        if (first < 0) {
            throw failed(transport, "it ended before it answered", null);
        }
        if (first != Offer.READY && (meeting == null || first != Offer.READY_ON_SOCKET)) {
            throw failed(
                    transport, "it wrote something else before the protocol began: " + shown(first, transport), null);
        }
        return first;
    }

    private void say(Transport transport) {
        try {
            transport.output().write((launch.firstLine() + "\n").getBytes(StandardCharsets.US_ASCII));
            transport.output().flush();
        } catch (IOException e) {
            // It does not listen. What it says in place of an answer, if anything, tells more than that.
        }
    }

    private <T> T await(Transport transport, CompletableFuture<T> future, String otherwise) {
        try {
            return future.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(transport, otherwise);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ChannelTimeoutException) {
                throw late(transport, otherwise);
            }
            throw failed(transport, otherwise + ": " + firstLine(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private ChannelInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ChannelInterruptedException("interrupted while gateway " + id + " was starting", e);
    }

    private ExecnetException late(Transport transport, String otherwise) {
        return failed(transport, otherwise + " within " + timeout.toMillis() / 1000.0 + " s", null);
    }

    private static String firstLine(@Nullable Throwable failure) {
        String text = failure == null ? "" : String.valueOf(failure.getMessage());
        return text.lines().findFirst().orElse("");
    }

    private ExecnetException failed(Transport transport, String what, @Nullable Throwable cause) {
        WorkerDiagnosis diagnosis = transport.diagnosis(atMost(FOR_LAST_OUTPUT));
        FarTalk before = talk;
        if (before != null && before.stage() != Stage.HANDSHAKE) {
            FarFailure failure = cause instanceof FarFailure known ? known : before.stuck(what);
            FarShell far = Objects.requireNonNull(launch.far());
            return didNotStart(before.stage() == Stage.CONNECT ? far.explain(failure, diagnosis) : failure, diagnosis);
        }
        boolean noCommand = diagnosis.exitStatus().isPresent()
                && Launch.NO_COMMAND.contains(diagnosis.exitStatus().getAsInt());
        return new GatewayStartException(
                noCommand ? Stage.INTERPRETER : Stage.HANDSHAKE,
                "gateway " + id + " (" + spec + ") did not start: " + (noCommand ? launch.noCommand() : what),
                diagnosis,
                cause);
    }

    private GatewayStartException didNotStart(FarFailure failure, WorkerDiagnosis diagnosis) {
        String reason = "gateway " + id + " (" + spec + ") did not start: " + failure.why();
        return failure.isNoHost()
                ? new HostNotFoundException(reason, diagnosis, failure)
                : new GatewayStartException(failure.stage(), reason, diagnosis, failure);
    }

    /** Kills what was started. Waits for its end as far as the time allows; it comes in any case. */
    private void end(Transport transport) {
        DaemonThreads.pool().execute(transport::kill);
        try {
            transport.exit().get(atMost(FOR_KILL).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // The caller has waited for as long as it wanted to.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Duration atMost(Duration limit) {
        Duration left = deadline.remaining();
        return left.compareTo(limit) < 0 ? left : limit;
    }

    /** What came in place of the protocol, as far as it is there. */
    private static String shown(int first, Transport transport) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(first);
        boolean broken = false;
        try {
            InputStream in = transport.input();
            bytes.writeBytes(in.readNBytes(Math.min(SHOWN_BYTES, in.available())));
        } catch (IOException e) {
            broken = true;
        }
        return '"' + HarmlessText.inShort(bytes.toString(StandardCharsets.UTF_8)) + (broken ? "..." : "") + '"';
    }
}
