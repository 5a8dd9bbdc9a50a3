package execnet4j;

import execnet4j.bootstrap.DialCommand;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayStartException;
import execnet4j.link.Gate;
import execnet4j.link.GateSettings;
import execnet4j.link.Link;
import execnet4j.text.HarmlessText;
import execnet4j.transport.DialledWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where workers, JVMs and Pythons, come to by themselves, as those that a scheduler has started; from
 * {@link Group#listener()}. Each has to prove that it has the token, and then waits to be {@linkplain #accept claimed}; one
 * that is not claimed within a minute ends.
 * Any thread may call any method.
 *
 * <p>The process that came stands beside the worker: it hands on what that prints, tells how it ended, and kills it at the
 * deadline of a termination.
 */
public final class Listener implements AutoCloseable {
    /** Less than the minute after which a worker ends: what is claimed is there. */
    private static final Duration TO_BE_CLAIMED = Duration.ofSeconds(55);

    private static final int MOST_WAITING = 1024;

    private final Group group;
    private final Consumer<String> log;
    private final Map<String, String> environment;
    private final String pin;
    private final String keys;
    private final Gate gate;
    private final BlockingQueue<Arrival> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean closed;

    private record Arrival(DialledWorker worker, Deadline end) {
        void sendAway() {
            worker.link().close();
        }
    }

    Listener(Group group, GateSettings settings, Map<String, String> environment, String keys) throws IOException {
        this.group = group;
        this.log = settings.log();
        this.environment = Map.copyOf(environment);
        this.keys = keys;
        this.pin = settings.pin() == null ? "" : settings.pin().text();
        this.gate = settings.open(Link.LISTEN, this::arrived);
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
     * By what workers know it.
     *
     * @return {@code sha256:} and 64 hexadecimal digits; empty if it does not speak TLS
     */
    public Optional<String> pin() {
        return pin.isEmpty() ? Optional.empty() : Optional.of(pin);
    }

    /**
     * What starts a JVM worker, with its {@link #environment()}, on a host that sees this one's files; elsewhere with the path
     * of a copy of the kernel's jar after {@code -cp}. Options for the worker's JVM can be added after {@code java}.
     *
     * @return the words of a command; with the address of this host if this listens at all of them
     */
    public List<String> command() {
        return DialCommand.java(host(), address().getPort(), pin);
    }

    /**
     * What starts a Python worker, with its {@link #environment()}, on any host that has a Python from 3.8 on. Another one can
     * be put in the place of {@code python3}, which the worker runs on, too.
     *
     * @return the words of a command, of which one is {@link #pythonScript()}; with the address of this host if this listens
     *     at all of them
     */
    public List<String> pythonCommand() {
        return DialCommand.python(host(), address().getPort(), pin);
    }

    /**
     * The program that goes to a listener and starts a Python worker. Its arguments are host, port, and beyond loopback the pin.
     *
     * @return the text of a file, in ASCII
     */
    public static String pythonScript() {
        return DialCommand.pythonProgram();
    }

    private String host() {
        InetAddress bound = address().getAddress();
        try {
            InetAddress found = bound.isAnyLocalAddress() ? InetAddress.getLocalHost() : bound;
            return found.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this host does not know its own address; listen at one of them", e);
        }
    }

    /**
     * What has to be in a worker's environment.
     *
     * @return {@code EXECNET4J_TOKEN} with the token, or {@code EXECNET4J_TOKEN_FILE} with the name of its file
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * Claims a worker: the one that came first of those that wait, or else the next that comes.
     *
     * @param timeout how long to wait
     * @return its gateway, a member of the group from now on
     * @throws ChannelTimeoutException if none came in that time
     * @throws ChannelInterruptedException if interrupted
     */
    public Gateway accept(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        while (true) {
            DialledWorker worker = next(deadline);
            try {
                return group.take(worker, keys, deadline.remaining());
            } catch (GatewayStartException e) {
                log.accept("lost " + worker.link().peer() + ": " + HarmlessText.inShort(e.getMessage()));
            }
        }
    }

    private DialledWorker next(Deadline deadline) {
        try {
            while (true) {
                Arrival arrival = waiting.poll(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
                if (arrival == null) {
                    throw new ChannelTimeoutException("no worker came to " + address() + " in time");
                }
                if (!arrival.end.hasPassed()) {
                    return arrival.worker;
                }
                arrival.sendAway();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted while waiting for a worker to come", e);
        }
    }

    private void arrived(Link link) {
        waiting.removeIf(each -> {
            if (each.end.hasPassed()) {
                each.sendAway();
            }
            return each.end.hasPassed();
        });
        String why = MOST_WAITING + " workers are waiting already";
        try {
            link.patience(Gate.PATIENCE);
            DialledWorker worker = DialledWorker.of(link);
            link.patience(Duration.ZERO);
            if (waiting.offer(new Arrival(worker, Deadline.in(TO_BE_CLAIMED)))) {
                if (closed) {
                    sendAllAway();
                }
                return;
            }
        } catch (SocketTimeoutException e) {
            why = "it did not say within " + Gate.PATIENCE.toSeconds() + " s what kind of worker it is";
        } catch (IOException e) {
            why = String.valueOf(e.getMessage());
        }
        link.close();
        log.accept("refused " + link.peer() + ": " + HarmlessText.inShort(why));
    }

    /** Lets nobody come any more, and sends away who waits. Gateways stay. */
    @Override
    public void close() {
        gate.close();
        closed = true;
        sendAllAway();
    }

    private void sendAllAway() {
        for (Arrival each = waiting.poll(); each != null; each = waiting.poll()) {
            each.sendAway();
        }
    }
}
