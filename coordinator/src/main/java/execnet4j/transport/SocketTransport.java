package execnet4j.transport;

import execnet4j.concurrent.Deadline;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.link.Link;
import execnet4j.spec.HostAndPort;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * A connection to a worker that somebody else started. There is no process to wait for or to kill: the end of what it sends
 * is its end, and killing it is leaving it.
 */
public final class SocketTransport implements Transport {
    private final HostAndPort address;
    private final Link link;
    private final InputStream input;
    private final CompletableFuture<WorkerEnd> exit = new CompletableFuture<>();

    private SocketTransport(HostAndPort address, Link link) {
        this.address = address;
        this.link = link;
        this.input = new ToItsEnd(link.input());
    }

    /**
     * Connects.
     *
     * @param address what listens
     * @param deadline until when
     * @return the connection
     * @throws NoHostException if there is no such host, or it does not answer
     * @throws IOException if it refuses
     * @throws InterruptedException if interrupted
     */
    public static SocketTransport connect(HostAndPort address, Deadline deadline)
            throws IOException, InterruptedException {
        return new SocketTransport(address, Link.unproven(SocketConnect.to(address, deadline)));
    }

    /**
     * What is known of a worker behind an address.
     *
     * @param way the key of a spec that leads there
     * @param address of the other end
     * @return its host
     */
    public static WorkerDiagnosis diagnosis(String way, HostAndPort address) {
        String text = way + "=" + address.host() + ":" + address.port();
        return new WorkerDiagnosis(address.host(), List.of(text), text, OptionalInt.empty(), List.of());
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return link.output();
    }

    @Override
    public CompletableFuture<WorkerEnd> exit() {
        return exit;
    }

    @Override
    public void kill() {
        ended(WorkerEnd.OUT_OF_SIGHT);
    }

    @Override
    public void expectEnd() {
        // How it ended is its own affair.
    }

    @Override
    public int unanswered() {
        return link.unanswered();
    }

    @Override
    public WorkerDiagnosis diagnosis(Duration patience) {
        return diagnosis("socket", address);
    }

    private void ended(WorkerEnd how) {
        exit.complete(how);
        link.close();
    }

    /** Notices the end. */
    private final class ToItsEnd extends FilterInputStream {
        ToItsEnd(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int got = in.read(bytes, offset, length);
                if (got < 0) {
                    ended(WorkerEnd.CLOSED);
                }
                return got;
            } catch (IOException e) {
                ended(WorkerEnd.OUT_OF_SIGHT);
                throw e;
            }
        }
    }
}
