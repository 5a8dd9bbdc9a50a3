package execnet4j.transport;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import execnet4j.link.Link;
import execnet4j.link.LinkException;
import execnet4j.link.PartInput;
import execnet4j.link.PartKind;
import execnet4j.link.PartOutput;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.spec.HostAndPort;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A shell that {@code execnet4j serve} gives, or a worker that came by itself, over one connection: see {@link PartKind}.
 * Whoever reads what the worker sends takes care of the other parts that come between; when the worker's output has ended,
 * or nobody wants it any more, a thread of the pool does so until the exit status has come.
 */
public final class ServedTransport implements FarTransport {
    private static final Duration FOR_KILL = Duration.ofSeconds(1);
    private static final int FOR_ALL = 1 << 30;

    private final String way;
    private final HostAndPort address;
    private final Link link;
    private final PartInput parts;
    private final PartOutput toServer;
    private final OutputLines printed;
    private final InputStream input = new FromWorker();
    private final OutputStream output = new ToWorker();
    /** How much of the worker's input may be sent. */
    private final Semaphore credit = new Semaphore(PartKind.WINDOW);

    private final ReentrantLock reading = new ReentrantLock();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final CompletableFuture<WorkerEnd> exit = new CompletableFuture<>();
    private volatile boolean outputEnded;

    private ServedTransport(String way, HostAndPort address, Link link, PartInput parts, Consumer<String> output) {
        this.way = way;
        this.address = address;
        this.link = link;
        this.parts = parts;
        this.toServer = new PartOutput(link.output());
        this.printed = new OutputLines(output);
    }

    /**
     * Asks a server for a shell.
     *
     * @param address where it listens
     * @param token what it has, too
     * @param pin its certificate; null for a connection without TLS, on loopback alone
     * @param deadline until when
     * @param output gets each line that the shell, or what it starts, prints to its standard error
     * @return the shell there
     * @throws NoHostException if there is no such host, or it does not answer
     * @throws LinkException if it is not the right server, or refuses us
     * @throws IOException if nothing listens there
     * @throws InterruptedException if interrupted
     */
    public static ServedTransport connect(
            HostAndPort address, Token token, @Nullable Pin pin, Deadline deadline, Consumer<String> output)
            throws IOException, InterruptedException {
        Socket socket = SocketConnect.to(address, deadline);
        try {
            Link link = SocketConnect.inTime(socket, deadline, () -> Link.asClient(socket, token, pin, Link.SERVE));
            return new ServedTransport("socket", address, link, new PartInput(link.input()), output);
        } catch (SocketTimeoutException e) {
            throw new LinkException(
                    Stage.AUTHENTICATE, "what listens there did not say in time that it is execnet4j's server", e);
        }
    }

    /**
     * Takes a worker that came by itself.
     *
     * @param address where it is
     * @param worker the worker
     * @param output gets each line that it prints to its standard error
     * @return the worker's process
     */
    public static ServedTransport of(HostAndPort address, DialledWorker worker, Consumer<String> output) {
        return new ServedTransport("dialled", address, worker.link(), worker.parts(), output);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public CompletableFuture<WorkerEnd> exit() {
        return exit;
    }

    @Override
    public void expectEnd() {
        // The server ends what is left of the session in any case.
    }

    @Override
    public int unanswered() {
        return link.unanswered();
    }

    /** Not needed: the server kills. */
    @Override
    public void killThere(BooleanSupplier way) {
        // No second shell is asked for.
    }

    @Override
    public void kill() {
        if (exit.isDone()) {
            return;
        }
        DaemonThreads.pool().execute(this::sayKill);
        drain();
        boolean unused = Deadline.in(FOR_KILL).awaits(exit);
        ended(WorkerEnd.OUT_OF_SIGHT);
    }

    private void sayKill() {
        try {
            toServer.send(PartKind.KILL);
        } catch (IOException e) {
            ended(WorkerEnd.OUT_OF_SIGHT);
        }
    }

    /** Who waits for the end reads no more. */
    @Override
    public WorkerDiagnosis diagnosis(Duration patience) {
        if (!patience.isZero()) {
            drain();
        }
        OptionalInt status = Deadline.in(patience).awaits(exit) ? exit.join().status() : OptionalInt.empty();
        WorkerDiagnosis known = SocketTransport.diagnosis(way, address);
        return new WorkerDiagnosis(known.host(), known.command(), known.shortCommand(), status, printed.lastLines());
    }

    /** The worker's output is of no interest any more. */
    private void drain() {
        if (draining.compareAndSet(false, true)) {
            DaemonThreads.pool().execute(() -> {
                reading.lock();
                try {
                    while (!exit.isDone()) {
                        takePart();
                    }
                } catch (IOException e) {
                    lost();
                } finally {
                    reading.unlock();
                }
            });
        }
    }

    /** Reads the head of a part, and all of it unless it is output. The holder of the lock only. */
    private void takePart() throws IOException {
        int kind = parts.next();
        switch (kind) {
            case PartKind.OUTPUT -> {
                // It is there to be read, or else is skipped.
            }
            case PartKind.OUTPUT_END -> outputEnded = true;
            case PartKind.ERRORS -> {
                byte[] bytes = parts.rest();
                printed.take(bytes, bytes.length);
            }
            case PartKind.TAKEN -> credit.release(taken(parts.restAsNumber()));
            case PartKind.EXIT -> {
                printed.end();
                ended(WorkerEnd.of(parts.restAsNumber()));
            }
            case -1 -> throw new EOFException("the other end closed the connection");
            default -> throw new IOException("the other end sent a part of the unknown kind " + kind);
        }
    }

    private int taken(int bytes) throws IOException {
        if (bytes < 0 || bytes > PartKind.WINDOW - credit.availablePermits()) {
            throw new IOException("the server says that it has taken " + bytes + " bytes, more than it was sent");
        }
        return bytes;
    }

    /** The holder of the lock only. */
    private void lost() {
        printed.end();
        ended(WorkerEnd.OUT_OF_SIGHT);
    }

    private void ended(WorkerEnd how) {
        outputEnded = true;
        if (exit.complete(how)) {
            link.close();
            // Whoever waits to send finds out.
            credit.release(FOR_ALL);
        }
    }

    /** What the worker sends, without what else comes. */
    private final class FromWorker extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte @Nullable [] bytes, int offset, int length) throws IOException {
            if (bytes == null || length == 0) {
                return 0;
            }
            reading.lock();
            try {
                while (parts.left() == 0 && !outputEnded) {
                    takePart();
                }
                if (parts.left() > 0) {
                    return parts.read(bytes, offset, length);
                }
            } catch (IOException e) {
                lost();
                throw e;
            } finally {
                reading.unlock();
            }
            drain();
            return -1;
        }

        /** What is known without waiting for who reads. */
        @Override
        public int available() {
            if (!reading.tryLock()) {
                return 0;
            }
            try {
                return parts.left();
            } finally {
                reading.unlock();
            }
        }

        @Override
        public void close() {
            drain();
        }
    }

    /** The worker's input; closing it is its end, and leaves the connection. */
    private final class ToWorker extends OutputStream {
        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte @Nullable [] bytes, int offset, int length) throws IOException {
            if (bytes == null) {
                return;
            }
            int end = offset + length;
            int next;
            for (int at = offset; at < end; at = next) {
                next = Math.min(end, at + PartKind.MAX_BYTES);
                credit.acquireUninterruptibly(next - at);
                if (exit.isDone()) {
                    throw new IOException("the worker has ended");
                }
                toServer.send(PartKind.INPUT, bytes, at, next - at);
            }
        }

        @Override
        public void close() throws IOException {
            if (!exit.isDone()) {
                toServer.send(PartKind.INPUT_END);
            }
        }
    }
}
