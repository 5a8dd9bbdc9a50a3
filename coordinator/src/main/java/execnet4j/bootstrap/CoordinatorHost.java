package execnet4j.bootstrap;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionHost;
import execnet4j.channel.ConnectionSettings;
import execnet4j.channel.Endpoint;
import execnet4j.channel.Heartbeat;
import execnet4j.channel.Loss;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.GatewayLostException.Stage;
import execnet4j.error.LoadException;
import execnet4j.protocol.WorkerInfo;
import execnet4j.ship.CodeLibrary;
import execnet4j.text.HarmlessText;
import execnet4j.transport.Transport;
import execnet4j.wire.FrameType;
import execnet4j.wire.WireException;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The coordinator's side of a gateway: what the connection serves there. It runs no code that a worker sends. */
final class CoordinatorHost implements ConnectionHost {
    private static final Duration FOR_EXIT_STATUS = Duration.ofSeconds(1);
    /** Less than this can be chance. */
    private static final Duration NOTABLE = Heartbeat.INTERVAL.multipliedBy(2);

    private final String id;
    private final boolean python;
    private final Transport transport;
    private final Connection connection;
    private final @Nullable SocketMove move;
    private final Heartbeat heartbeat;
    private final CodeAnswers code;
    private final CompletableFuture<WorkerInfo> hello = new CompletableFuture<>();
    private volatile @Nullable Endpoint endpoint;
    private volatile boolean takesHeartbeats;
    private volatile boolean started;
    private volatile boolean terminating;

    CoordinatorHost(
            Transport transport,
            @Nullable SocketChannel socket,
            boolean moves,
            ConnectionSettings settings,
            IntFunction<CodeLibrary> libraries)
            throws IOException {
        this.id = settings.id();
        this.python = settings.python();
        this.transport = transport;
        this.code = new CodeAnswers(libraries);
        this.connection = socket == null
                ? new Connection(transport.input(), transport.output(), settings, this)
                : new Connection(socket, settings, this);
        this.move = moves ? new SocketMove(connection) : null;
        this.heartbeat = new Heartbeat(connection);
    }

    String id() {
        return id;
    }

    Connection connection() {
        return connection;
    }

    /** Completes with what the worker says of itself, or exceptionally if it is lost before. */
    CompletableFuture<WorkerInfo> hello() {
        return hello;
    }

    void endpoint(Endpoint gateway) {
        endpoint = gateway;
    }

    /** To be ticked by one thread, or never. */
    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Whether the worker has said that it takes heartbeats. */
    boolean takesHeartbeats() {
        return takesHeartbeats;
    }

    /** From now on it is there for tasks. */
    void started() {
        started = true;
    }

    /** From now on the end of the connection is no surprise. */
    void terminating() {
        terminating = true;
    }

    @Override
    public Endpoint endpoint() {
        Endpoint gateway = endpoint;
        if (gateway == null) {
            throw new IllegalStateException("gateway " + id + " is not made yet");
        }
        return gateway;
    }

    @Override
    public void exec(Channel channel, byte[] payload) {
        connection.endTask(channel, "refused: code goes from the coordinator to workers and never back");
    }

    @Override
    public Map<String, Object> status() {
        return Map.of("numexecuting", 0, "execmodel", "thread");
    }

    @Override
    public void terminate() {
        // A worker that says so has begun to end; the end of the connection follows, and tells everybody.
    }

    @Override
    public boolean extension(byte type, int frameId, byte[] payload) {
        switch (type) {
            case FrameType.HELLO -> {
                Object said = connection.decode(payload);
                WorkerInfo info = WorkerInfo.of(said);
                if (hello.isDone()) {
                    throw new LoadException("it said a second time what it is");
                }
                if (python != info.isPython()) {
                    throw new LoadException("the worker says that it is a " + (python ? "JVM" : "Python"));
                }
                code.release(info.release());
                takesHeartbeats = said instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get(Heartbeat.FIELD));
                hello.complete(info);
            }
            case FrameType.CLASS_REQUEST -> {
                if (python) {
                    return false;
                }
                code.requested(connection, frameId, payload);
            }
            case FrameType.MOVED -> {
                return move != null && move.followed();
            }
            case FrameType.SOCKET -> {
                return move != null && move.end();
            }
            case FrameType.HEARTBEAT -> {
                // That it came is all it says.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A worker that did what none of ours does is not asked to end: it is killed. */
    @Override
    public Loss diagnose(String reason, @Nullable Throwable cause) {
        boolean violated = cause instanceof WireException || cause instanceof LoadException;
        if (violated) {
            DaemonThreads.pool().execute(transport::kill);
        }
        Stage stage = terminating ? Stage.ENDING : started ? Stage.RUNNING : Stage.STARTING;
        String what = terminating && !violated
                ? "gateway " + id + " was terminated"
                : "gateway " + id + " is lost: " + HarmlessText.inShort(reason)
                        + (violated ? "; the worker was killed" : silenceBefore(reason));
        return new Loss(stage, what, transport.diagnosis(FOR_EXIT_STATUS), cause);
    }

    /** A link that was cut is noticed by the silence; what is noticed then is the end of the process that held it. */
    private String silenceBefore(String reason) {
        Duration silence = heartbeat.silence();
        return !takesHeartbeats || silence.compareTo(NOTABLE) < 0 || reason.contains(WorkerWatch.NOTHING_CAME)
                ? ""
                : "; " + WorkerWatch.NOTHING_CAME + " for " + silence.toSeconds() + " seconds";
    }

    @Override
    public void busy() {
        if (move != null) {
            move.begin();
        }
    }

    @Override
    public void ended(Loss loss) {
        if (move != null) {
            boolean unused = move.end();
        }
        hello.completeExceptionally(loss.toException());
    }
}
