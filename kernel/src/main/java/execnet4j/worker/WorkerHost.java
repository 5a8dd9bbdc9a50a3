package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionHost;
import execnet4j.channel.ConnectionSettings;
import execnet4j.channel.Endpoint;
import execnet4j.channel.ErrorText;
import execnet4j.channel.Loss;
import execnet4j.error.LoadException;
import execnet4j.protocol.Offer;
import execnet4j.protocol.SourceOrder;
import execnet4j.protocol.TaskOrder;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The worker's side of a gateway: what the connection serves there. */
final class WorkerHost implements ConnectionHost, Endpoint {
    private final String id;
    private final Connection connection;
    private final MeetingSocket meeting;
    private final TaskRunner runner;
    private final RemoteCode remoteCode;
    private final TaskLoaders loaders;
    private final ExitLadder exit;
    /** How long the coordinator may be silent, null if it need not say anything. */
    private final @Nullable Duration orphanTime;

    WorkerHost(InputStream in, OutputStream out, Offer offer, ConnectionSettings settings, TaskThreads model) {
        this.id = settings.id();
        Integer seconds = offer.orphanSeconds();
        this.orphanTime = seconds == null ? null : Duration.ofSeconds(seconds);
        this.connection = new Connection(in, out, settings, this);
        this.meeting = new MeetingSocket(connection);
        this.runner = new TaskRunner(connection, model);
        this.remoteCode = new RemoteCode(connection);
        this.loaders = new TaskLoaders(
                WorkerHost.class.getClassLoader(), settings.extensions() ? remoteCode : CodeRequests.NONE);
        this.exit = new ExitLadder(connection, runner);
    }

    /** Starts the connection of a worker that has said its {@link Greeting}. */
    void start() {
        exit.watch();
        connection.start();
        if (orphanTime != null) {
            CoordinatorWatch.start(connection, orphanTime);
        }
    }

    TaskRunner runner() {
        return runner;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Channel newChannel() {
        return connection.newChannel();
    }

    @Override
    public String toString() {
        return "<Worker '" + id + "'>";
    }

    @Override
    public Endpoint endpoint() {
        return this;
    }

    @Override
    public void exec(Channel channel, byte[] payload) {
        Object code = connection.decode(payload);
        SourceOrder source = SourceOrder.of(code);
        if (source != null) {
            runner.start(channel, new ForeignTask(source));
            return;
        }
        TaskOrder order;
        TaskBody task;
        try {
            order = TaskOrder.fromValue(code);
            task = loaders.accept(order);
        } catch (LoadException e) {
            connection.endTask(channel, ErrorText.of(e));
            return;
        }
        if (order.shape() == TaskOrder.Shape.SERVICE) {
            runner.startService(channel, task);
        } else {
            runner.start(channel, task);
        }
    }

    @Override
    public Map<String, Object> status() {
        return Map.of(
                "numexecuting", runner.executing(), "execmodel", runner.model().label());
    }

    @Override
    public void terminate() {
        // The reader ends with this, and that starts the ladder.
    }

    @Override
    public boolean extension(byte type, int frameId, byte[] payload) {
        switch (type) {
            case FrameType.CLASS_ANSWER -> remoteCode.answered(frameId, payload);
            case FrameType.SOCKET -> meeting.goTo(payload);
            case FrameType.MOVED -> {
                return followed();
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

    private boolean followed() {
        try {
            return connection.receiveOn();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Loss diagnose(String reason, @Nullable Throwable cause) {
        return new Loss("the coordinator of gateway " + id + " is gone: " + reason, null, cause);
    }

    @Override
    public void inputEnded() {
        exit.begin();
    }

    @Override
    public void ended(Loss loss) {
        exit.begin();
        remoteCode.lost(loss);
    }
}
