package execnet4j.worker;

import execnet4j.channel.Connection;
import execnet4j.channel.Heartbeat;
import execnet4j.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the coordinator is on another host: tells it that this worker is there, and takes it for gone when nothing comes from
 * it for long. The worker then ends as if its input had ended, which a pulled cable does not say.
 */
final class CoordinatorWatch {
    private final Connection connection;
    private final Heartbeat heartbeat;
    private final Duration patience;

    private CoordinatorWatch(Connection connection, Duration patience) {
        this.connection = connection;
        this.heartbeat = new Heartbeat(connection);
        this.patience = patience;
    }

    /** On a thread of its own, until the connection ends. */
    static void start(Connection connection, Duration patience) {
        DaemonThreads.start("execnet4j-heartbeat", new CoordinatorWatch(connection, patience)::watch);
    }

    private void watch() {
        while (!endsWithinAnInterval()) {
            heartbeat.tick();
            if (heartbeat.silence().compareTo(patience) >= 0) {
                connection.peerGone(
                        "nothing has come from it for " + heartbeat.silence().toSeconds() + " seconds");
                return;
            }
        }
    }

    private boolean endsWithinAnInterval() {
        try {
            connection.ended().get(Heartbeat.INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            // A task that interrupts all threads; catching it has cleared the flag.
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
