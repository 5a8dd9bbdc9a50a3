package execnet4j.bootstrap;

import execnet4j.channel.Connection;
import execnet4j.channel.Heartbeat;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.spec.GatewaySpec;
import execnet4j.transport.Transport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Looks after one worker elsewhere: sends it heartbeats, tells the user when nothing comes from it any more and when something
 * does again, and gives it up after so much silence as its spec allows. That a link is cut is for others to notice: silence
 * alone is no proof of it.
 */
public final class WorkerWatch {
    /** After so much silence a worker is called unresponsive. */
    public static final Duration UNRESPONSIVE = Heartbeat.INTERVAL.multipliedBy(5);

    /** Of a reason that speaks of silence. */
    static final String NOTHING_CAME = "nothing had come from it";

    private final CoordinatorHost host;
    private final Transport transport;
    private final GatewaySpec spec;
    private final Consumer<String> output;
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private volatile Duration silence = Duration.ZERO;

    WorkerWatch(CoordinatorHost host, Transport transport, GatewaySpec spec, Consumer<String> output) {
        this.host = host;
        this.transport = transport;
        this.spec = spec;
        this.output = output;
    }

    /** Whether workers of the spec are looked after: those of ours that are not at the other end of a local pipe. */
    static boolean isFor(GatewaySpec spec) {
        return !spec.popen() && !spec.plainExecnet();
    }

    boolean isUnresponsive() {
        return silence.compareTo(UNRESPONSIVE) >= 0;
    }

    /** An interval is over. On the thread of all heartbeats: does not wait, and leaves to others what may. */
    void tick() {
        host.heartbeat().tick();
        Duration before = silence;
        silence = host.heartbeat().silence();
        if (isUnresponsive() && before.compareTo(UNRESPONSIVE) < 0) {
            tell("unresponsive: nothing has come from this worker for " + silence.toSeconds() + " seconds");
        } else if (!isUnresponsive() && before.compareTo(UNRESPONSIVE) >= 0) {
            tell("responsive again, after " + before.toSeconds() + " seconds or more");
        }
        spec.silenceLimit().filter(limit -> silence.compareTo(limit) >= 0).ifPresent(this::giveUp);
    }

    private void tell(String what) {
        DaemonThreads.pool().execute(() -> output.accept("execnet4j: " + what));
    }

    private void giveUp(Duration limit) {
        if (givenUp.compareAndSet(false, true)) {
            Connection connection = host.connection();
            DaemonThreads.pool().execute(() -> {
                connection.peerGone(NOTHING_CAME + " for " + limit.toSeconds() + " seconds, its silence_limit");
                transport.kill();
            });
        }
    }
}
