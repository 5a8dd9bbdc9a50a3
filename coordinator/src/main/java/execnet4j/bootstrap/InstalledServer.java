package execnet4j.bootstrap;

import execnet4j.channel.Channel;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.protocol.TaskOrder;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Tuple;
import execnet4j.transport.Hop;
import execnet4j.transport.Relay;
import execnet4j.worker.ServerTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server that another gateway's worker has become, or has started. Its token went by that gateway.
 *
 * @param port where it listens
 * @param token what it wants
 * @param pin of its certificate, null without TLS
 * @param end has it end
 */
record InstalledServer(int port, Token token, @Nullable Pin pin, Runnable end) {
    /** For a worker that is not on this machine, beyond loopback. */
    static InstalledServer of(Hop hop, boolean here, Deadline deadline) throws IOException, InterruptedException {
        return hop.python() ? startedByPython(hop, here, deadline) : ofJvm(hop, here, deadline);
    }

    private static InstalledServer ofJvm(Hop hop, boolean here, Deadline deadline) throws IOException {
        byte[] order = TaskOrder.service(ServerTask.class).toPayload(ChannelResolver.NONE);
        Channel server = hop.connection().exec(order, deadline.remaining());
        boolean ready = false;
        try {
            String token = Token.fresh();
            server.send(Tuple.of(token, here), deadline.remaining());
            if (!(server.receive(deadline.remaining()) instanceof Tuple answer)
                    || answer.size() != 2
                    || !(answer.get(0) instanceof Integer port)
                    || !(answer.get(1) instanceof String pin)
                    || pin.isEmpty() != here) {
                throw new IOException("it did not say where it listens");
            }
            InstalledServer installed =
                    new InstalledServer(port, Token.of(token), here ? null : new Pin(pin), server::close);
            ready = true;
            return installed;
        } catch (IllegalArgumentException e) {
            throw new IOException("it did not say what its certificate is: " + e.getMessage(), e);
        } finally {
            if (!ready) {
                server.close();
            }
        }
    }

    /** In a process of its own. Nothing that comes with every Python makes a certificate. */
    private static InstalledServer startedByPython(Hop hop, boolean here, Deadline deadline)
            throws IOException, InterruptedException {
        if (!here) {
            throw new IOException(
                    "it is a Python worker on another host, and has no certificate by which it would be known;"
                            + " there 'installvia' takes a JVM worker, and 'via' either");
        }
        String token = Token.fresh();
        Relay relay = hop.start(List.of(hop.program(), "-c", JoinedPython.INSTALL), deadline);
        Runnable end = () -> DaemonThreads.pool().execute(relay::kill);
        boolean ready = false;
        try {
            relay.input().write((token + "\n").getBytes(StandardCharsets.US_ASCII));
            InstalledServer server = new InstalledServer(port(relay, deadline), Token.of(token), null, end);
            ready = true;
            return server;
        } finally {
            if (!ready) {
                end.run();
            }
        }
    }

    private static int port(Relay relay, Deadline deadline) throws IOException, InterruptedException {
        CompletableFuture<String> line = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                InputStreamReader said = new InputStreamReader(relay.output(), StandardCharsets.US_ASCII);
                line.complete(String.valueOf(new BufferedReader(said).readLine()));
            } catch (IOException | RuntimeException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            return Integer.parseInt(line.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw new IOException("it did not say where it listens: " + e.getCause(), e);
        } catch (TimeoutException | NumberFormatException e) {
            throw new IOException("it did not say where it listens", e);
        }
    }
}
