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
 * does again, and gives it up after so much silence as its spec allows. Silence alone is no proof that a link is cut: that is
 * for the process that holds it to notice, or for the transport to know.
 */
public final class WorkerWatch {
    /** After so much silence a worker is called unresponsive. */
    public static final Duration UNRESPONSIVE = Heartbeat.INTERVAL.multipliedBy(5);

    /** So many ticks in a row, and tries of the system, without an answer of the other host are no chance. */
    private static final int TRIES = 3;

    /** Of a reason that speaks of silence. */
    static final String NOTHING_CAME = "nothing had come from it";

    private final CoordinatorHost host;
    private final Transport transport;
    private final GatewaySpec spec;
    private final Consumer<String> output;
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private volatile Duration silence = Duration.ZERO;
    /** Ticks in a row at which the other host was being tried again. */
    private int triedAgain;

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

    /** Whether there is something to look after for the worker: its signs of life, or a link that can be judged. */
    static boolean isFor(GatewaySpec spec, CoordinatorHost host) {
        return (isFor(spec) && host.takesHeartbeats())
                || spec.socket().isPresent()
                || spec.dialled().isPresent();
    }

    boolean isUnresponsive() {
        return silence.compareTo(UNRESPONSIVE) >= 0;
    }

    /** An interval is over. On the thread of all heartbeats: does not wait, and leaves to others what may. */
    void tick() {
        Heartbeat heartbeat = host.heartbeat();
        if (host.takesHeartbeats()) {
            heartbeat.tick();
            mindSilence(heartbeat.silence());
        } else {
            heartbeat.listen();
        }
        if (!heartbeat.silence().isZero()) {
            mindLink(transport.unanswered());
        } else {
            triedAgain = 0;
        }
    }

    /** The system tries longer and longer apart, and for a quarter of an hour: this does not wait for that. */
    private void mindLink(int unanswered) {
        triedAgain = unanswered == 0 ? 0 : triedAgain + 1;
        if (triedAgain >= TRIES && unanswered >= TRIES) {
            giveUp("its host does not answer any more");
        }
    }

    private void mindSilence(Duration now) {
        Duration before = silence;
        silence = now;
        if (isUnresponsive() && before.compareTo(UNRESPONSIVE) < 0) {
            tell("unresponsive: nothing has come from this worker for " + silence.toSeconds() + " seconds");
        } else if (!isUnresponsive() && before.compareTo(UNRESPONSIVE) >= 0) {
            tell("responsive again, after " + before.toSeconds() + " seconds or more");
        }
        spec.silenceLimit()
                .filter(limit -> silence.compareTo(limit) >= 0)
                .ifPresent(limit -> giveUp(NOTHING_CAME + " for " + limit.toSeconds() + " seconds, its silence_limit"));
    }

    private void tell(String what) {
        DaemonThreads.pool().execute(() -> output.accept("execnet4j: " + what));
    }

    private void giveUp(String reason) {
        if (givenUp.compareAndSet(false, true)) {
            Connection connection = host.connection();
            DaemonThreads.pool().execute(() -> {
                connection.peerGone(reason);
                transport.kill();
            });
        }
    }
}
