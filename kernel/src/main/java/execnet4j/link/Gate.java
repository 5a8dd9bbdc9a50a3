package execnet4j.link;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.text.HarmlessText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A port where only those come in who prove that they have the token. Whoever has not done so within 10 seconds is sent away;
 * of more than 128 such at once the one who has been there longest. Everyone who is sent away is in the log.
 */
public final class Gate implements AutoCloseable {
    /** How long a client may take to prove itself. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** So many may be proving themselves at once. */
    public static final int MOST_STRANGERS = 128;

    private static final int BACKLOG = 256;
    private static final long AFTER_FAILURE_MILLIS = 100;

    private final ServerSocket server;
    private final Token token;
    private final @Nullable Identity identity;
    private final String service;
    private final Consumer<String> log;
    private final Refusals refusals;
    private final Consumer<Link> guests;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Deque<Stranger> strangers = new ArrayDeque<>();

    private Gate(
            ServerSocket server,
            Token token,
            @Nullable Identity identity,
            String service,
            Consumer<String> log,
            Consumer<Link> guests) {
        this.server = server;
        this.token = token;
        this.identity = identity;
        this.service = service;
        this.log = log;
        this.refusals = new Refusals(log);
        this.guests = guests;
    }

    /**
     * Opens one.
     *
     * @param address where; port 0 for any
     * @param token what clients must have
     * @param identity by what clients know this end; null for connections without TLS, on loopback alone
     * @param service {@link Link#SERVE} or {@link Link#LISTEN}
     * @param log gets a line, harmless to show, for everyone who is sent away; of very many their number
     * @param guests gets the others, each on a thread of its own
     * @return open until it is closed
     * @throws IOException if the port cannot be had; the message is for users
     * @throws IllegalArgumentException if there is no identity and the address is not of loopback
     */
    static Gate open(
            InetSocketAddress address,
            Token token,
            @Nullable Identity identity,
            String service,
            Consumer<String> log,
            Consumer<Link> guests)
            throws IOException {
        if (identity == null && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("beyond loopback a server needs a certificate");
        }
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "port " + address.getPort() + " of " + address.getAddress().getHostAddress() + " cannot be had: "
                            + e.getMessage(),
                    e);
        }
        Gate gate = new Gate(server, token, identity, service, log, guests);
        DaemonThreads.start("execnet4j-gate-" + server.getLocalPort(), gate::serve);
        return gate;
    }

    /**
     * Where it is.
     *
     * @return with the port that was taken
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** Lets nobody in any more. Who has come in stays. */
    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            // Nobody can come in any more in any case.
        }
        lock.lock();
        try {
            strangers.forEach(each -> each.sendAway("the server is ending"));
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                server.setSoTimeout(untilNextIsLate());
                admit(server.accept());
            } catch (SocketTimeoutException e) {
                sendLateAway();
            } catch (IOException | OutOfMemoryError e) {
                recover(e);
            }
        }
    }

    private void admit(Socket socket) {
        Stranger stranger = new Stranger(socket);
        lock.lock();
        try {
            if (strangers.size() >= MOST_STRANGERS) {
                strangers
                        .remove()
                        .sendAway("more than " + MOST_STRANGERS + " that had not proved themselves were there");
            }
            strangers.add(stranger);
        } finally {
            lock.unlock();
        }
        sendLateAway();
        DaemonThreads.pool().execute(() -> hear(stranger));
    }

    private void hear(Stranger stranger) {
        Link link;
        try {
            link = Link.asServer(stranger.socket, token, identity, service);
        } catch (IOException | RuntimeException e) {
            stranger.sendAway(String.valueOf(e.getMessage()));
            forget(stranger);
            logRefused(stranger);
            return;
        }
        if (forget(stranger)) {
            guests.accept(link);
        } else {
            logRefused(stranger);
        }
    }

    private void logRefused(Stranger stranger) {
        refusals.add(stranger.name, stranger.why);
    }

    private boolean forget(Stranger stranger) {
        lock.lock();
        try {
            return strangers.remove(stranger);
        } finally {
            lock.unlock();
        }
    }

    /** In milliseconds; 0 for never, as {@link ServerSocket#setSoTimeout} has it. */
    private int untilNextIsLate() {
        lock.lock();
        try {
            Stranger next = strangers.peek();
            return next == null ? 0 : (int) next.deadline.remaining().toMillis() + 1;
        } finally {
            lock.unlock();
        }
    }

    private void sendLateAway() {
        lock.lock();
        try {
            for (Stranger each : List.copyOf(strangers)) {
                if (each.deadline.hasPassed()) {
                    strangers.remove(each);
                    each.sendAway("it did not prove itself within " + PATIENCE.toSeconds() + " s");
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** As where there are no more file descriptors: the strangers have to go, and then it may work again. */
    private void recover(Throwable failure) {
        if (server.isClosed()) {
            return;
        }
        log.accept("cannot let anybody in: " + HarmlessText.inShort(failure));
        lock.lock();
        try {
            strangers.forEach(each -> each.sendAway("the server is short of something: " + failure.getMessage()));
            strangers.clear();
        } finally {
            lock.unlock();
        }
        try {
            boolean unused = closed.await(AFTER_FAILURE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who has not proved itself yet. */
    private static final class Stranger {
        private final Socket socket;
        private final String name;
        private final Deadline deadline = Deadline.in(PATIENCE);
        private volatile String why = "";

        Stranger(Socket socket) {
            this.socket = socket;
            this.name = Link.peer(socket);
        }

        /** The first reason is the one that counts. */
        void sendAway(String reason) {
            if (why.isEmpty()) {
                why = reason;
            }
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone.
            }
        }
    }
}
