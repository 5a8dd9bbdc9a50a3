package execnet4j.transport;

import execnet4j.concurrent.Deadline;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One worker's place on a shared connection. Any thread. */
public final class SshLease {
    private final SshConnections.Seats seats;
    private final SshMaster master;
    private final AtomicBoolean over = new AtomicBoolean();

    SshLease(SshConnections.Seats seats, SshMaster master) {
        this.seats = seats;
        this.master = master;
    }

    /**
     * The options of an ssh that goes by this connection; by one of its own, if this one is gone or takes no more.
     *
     * @return words
     */
    public List<String> options() {
        @Nullable Path socket = master.ready().getNow(null);
        return socket == null ? List.of() : List.of("-S", socket.toString(), "-o", "ControlMaster=no");
    }

    /** The host has refused: the connection has as many as it may. The worker goes by one of its own. */
    public void refused() {
        seats.full();
        close();
    }

    /** The worker has ended. The last one's end is the connection's. Again does nothing. */
    public void close() {
        if (over.compareAndSet(false, true)) {
            seats.leave();
        }
    }

    /**
     * Why the connection has ended.
     *
     * @param deadline how long to wait for its end
     * @return the last lines of its standard error; none if it has not ended
     */
    public List<String> lastWords(Deadline deadline) {
        return master.lastWords(deadline);
    }
}
