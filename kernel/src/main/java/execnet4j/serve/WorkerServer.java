package execnet4j.serve;

import execnet4j.link.Gate;
import execnet4j.link.GateSettings;
import execnet4j.link.Link;
import execnet4j.link.Pin;
import execnet4j.process.ServedProcess;
import execnet4j.process.ServedSession;
import execnet4j.text.HarmlessText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that gives a shell of this machine to each client that has its token; a coordinator elsewhere starts its worker in
 * there, {@code socket=host:port}. Each client has processes of its own, with this process's user, environment (without
 * {@code EXECNET4J_TOKEN}) and working directory. Any thread may call any method.
 *
 * <p>On loopback it speaks without TLS unless it is told to; beyond, always TLS 1.3, and clients know it by the
 * {@linkplain #pin() hash of its certificate}.
 *
 * <p>It has threads of its own and keeps no process alive by itself.
 */
public final class WorkerServer implements AutoCloseable {
    /** For the first part: who has the token has come for a worker. */
    private static final Duration TO_SAY_A_WORD = Duration.ofMinutes(1);

    private final Consumer<String> log;
    private final Set<Link> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong number = new AtomicLong();
    private final Gate gate;
    private final @Nullable Pin pin;

    WorkerServer(GateSettings settings) throws IOException {
        log = settings.log();
        pin = settings.pin();
        gate = settings.open(Link.SERVE, this::serve);
    }

    /**
     * For a server.
     *
     * @return the usual settings, to be changed: any port of 127.0.0.1, no TLS, and no token yet
     */
    public static WorkerServerBuilder builder() {
        return new WorkerServerBuilder();
    }

    /**
     * Where it listens.
     *
     * @return with the port that was taken
     */
    public InetSocketAddress address() {
        return gate.address();
    }

    /**
     * What clients give as {@code pin=}.
     *
     * @return {@code sha256:} and 64 hexadecimal digits; empty if it does not speak TLS
     */
    public Optional<String> pin() {
        return Optional.ofNullable(pin).map(Pin::text);
    }

    /** Lets nobody in any more and leaves its clients. Their workers end as if the connection had broken: within 22 seconds. */
    @Override
    public void close() {
        gate.close();
        clients.forEach(Link::close);
    }

    private void serve(Link link) {
        long mine = number.incrementAndGet();
        clients.add(link);
        log.accept("serving " + link.peer() + " (" + mine + ")");
        String why = "";
        try {
            link.patience(TO_SAY_A_WORD);
            why = ServedSession.run(link, ServedProcess.shell(), mine, "it did not say a word in time")
                    .complaint();
        } catch (IOException e) {
            why = "it could not be served: " + e.getMessage();
        } finally {
            clients.remove(link);
            link.close();
        }
        log.accept("done with " + link.peer() + " (" + mine + ")" + (why.isEmpty() ? "" : ": ")
                + HarmlessText.inShort(why));
    }
}
