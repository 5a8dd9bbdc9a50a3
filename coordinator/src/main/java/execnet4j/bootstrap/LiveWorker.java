package execnet4j.bootstrap;

import execnet4j.channel.Connection;
import execnet4j.channel.Endpoint;
import execnet4j.protocol.TaskOrder;
import execnet4j.protocol.WorkerInfo;
import execnet4j.serial.ChannelResolver;
import execnet4j.transport.Hop;
import execnet4j.transport.Transport;
import execnet4j.worker.RelayTask;
import java.time.Duration;

/** A worker that has answered, with its connection running. */
public final class LiveWorker {
    /** What a Python worker of ours takes for {@link RelayTask}. */
    private static final String PYTHON_RELAY = "relay";

    private final CoordinatorHost host;
    private final Transport transport;
    private final WorkerInfo info;
    private final WorkerWatch watch;
    private final boolean archive;

    LiveWorker(CoordinatorHost host, Transport transport, WorkerInfo info, WorkerWatch watch, boolean archive) {
        this.archive = archive;
        this.watch = watch;
        this.host = host;
        this.transport = transport;
        this.info = info;
    }

    /**
     * Says whose channels these are.
     *
     * @param gateway what {@link execnet4j.channel.Channel#gateway()} gives from now on
     */
    public void serve(Endpoint gateway) {
        host.endpoint(gateway);
    }

    /**
     * The connection to it.
     *
     * @return started
     */
    public Connection connection() {
        return host.connection();
    }

    /**
     * The streams and the process behind them.
     *
     * @return as it was started
     */
    public Transport transport() {
        return transport;
    }

    /**
     * What it said of itself when it started.
     *
     * @return facts as of then
     */
    public WorkerInfo info() {
        return info;
    }

    /**
     * Whether its JVM was told of a {@link ClassArchive}.
     *
     * @return false for a Python
     */
    public boolean hasArchive() {
        return archive;
    }

    /**
     * This worker as the way to others.
     *
     * @return starts processes there, for as long as the connection lives
     */
    public Hop hop() {
        String place = transport.diagnosis(Duration.ZERO).host();
        return new Hop(host.id(), place, info.isPython(), info.executable(), connection(), this::relayOrder);
    }

    private byte[] relayOrder() {
        return info.isPython()
                ? connection().encode(PYTHON_RELAY)
                : TaskOrder.service(RelayTask.class).toPayload(ChannelResolver.NONE);
    }

    /**
     * Whether it should give signs of life, and has given none for {@link WorkerWatch#UNRESPONSIVE}.
     *
     * @return false for a worker that is a child process here, or is plain execnet
     */
    public boolean isUnresponsive() {
        return watch.isUnresponsive();
    }

    /** Asks it to end. Does not wait; asking again does nothing. */
    public void terminate() {
        host.terminating();
        transport.expectEnd();
        host.connection().terminatePeer();
    }
}
