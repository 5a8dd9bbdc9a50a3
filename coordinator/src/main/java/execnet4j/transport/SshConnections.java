package execnet4j.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.Deadline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The connections of this process that workers share, by how ssh is called. One is opened when there is none with room, and
 * closed when its last worker has ended.
 */
public final class SshConnections {
    /** What a server allows if nobody has told it otherwise: {@code MaxSessions} of sshd_config(5). */
    private static final int USUAL_SESSIONS = 10;

    private static final ReentrantLock LOCK = new ReentrantLock();

    @GuardedBy("LOCK")
    private static final Map<List<String>, List<Seats>> BY_CALL = new HashMap<>();

    private SshConnections() {}

    /**
     * A place on a connection, which is opened if necessary.
     *
     * @param host for messages and names of threads
     * @param ssh the call, from {@code ssh} on, with all its options and the host
     * @param output gets each line that ssh prints, if this call opens the connection
     * @param deadline how long to wait until it is open
     * @return the place
     * @throws SshFailure if it cannot be opened
     * @throws IOException if there is no ssh
     * @throws InterruptedException if interrupted
     */
    public static SshLease lease(String host, List<String> ssh, Consumer<String> output, Deadline deadline)
            throws SshFailure, IOException, InterruptedException {
        Seats seats;
        boolean first;
        LOCK.lock();
        try {
            List<Seats> open = BY_CALL.computeIfAbsent(ssh, call -> new ArrayList<>());
            Seats room = null;
            for (Seats each : open) {
                room = each.hasRoom() ? each : room;
            }
            first = room == null;
            seats = room == null ? new Seats(ssh, new SshMaster(host, ssh, output)) : room;
            if (first) {
                open.add(seats);
            }
            seats.taken++;
        } finally {
            LOCK.unlock();
        }
        SshLease lease = new SshLease(seats, seats.master);
        boolean done = false;
        try {
            if (first) {
                seats.master.start();
            }
            seats.master.ready().get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            done = true;
            return lease;
        } catch (ExecutionException | TimeoutException e) {
            throw new SshFailure(seats.master.diagnosis(deadline), e);
        } finally {
            if (!done) {
                lease.close();
            }
        }
    }

    /** A connection, and how many workers go by it. */
    static final class Seats {
        private final List<String> call;
        private final SshMaster master;

        @GuardedBy("LOCK")
        private int taken;

        @GuardedBy("LOCK")
        private int most = USUAL_SESSIONS;

        Seats(List<String> call, SshMaster master) {
            this.call = call;
            this.master = master;
        }

        @GuardedBy("LOCK")
        private boolean hasRoom() {
            return taken < most && !master.hasEnded();
        }

        /** No more than now. */
        void full() {
            LOCK.lock();
            try {
                most = 0;
            } finally {
                LOCK.unlock();
            }
        }

        void leave() {
            boolean last;
            LOCK.lock();
            try {
                taken--;
                last = taken == 0;
                List<Seats> open = BY_CALL.get(call);
                if (last && open != null) {
                    open.remove(this);
                    if (open.isEmpty()) {
                        BY_CALL.remove(call);
                    }
                }
            } finally {
                LOCK.unlock();
            }
            if (last) {
                master.close();
            }
        }
    }
}
