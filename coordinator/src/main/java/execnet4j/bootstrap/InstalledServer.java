package execnet4j.bootstrap;

import execnet4j.channel.Channel;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.link.Pin;
import execnet4j.link.Token;
import execnet4j.protocol.TaskOrder;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Tuple;
import execnet4j.transport.FarTransport;
import execnet4j.transport.Hop;
import execnet4j.transport.Relay;
import execnet4j.transport.RelayTransport;
import execnet4j.worker.ServerTask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server that another gateway's worker has become, or has started. Its token went by that gateway.
 *
 * @param port where it listens
 * @param token what it wants
 * @param pin of its certificate, null without TLS
 * @param end has it end
 * @param process its own, null if that gateway's worker is the server
 */
record InstalledServer(
        int port,
        Token token,
        @Nullable Pin pin,
        Runnable end,
        @Nullable FarTransport process) {
    private static final int MAX_PORT = 65_535;
    private static final int PORT_DIGITS = 5;
    private static final Duration FOR_LAST_WORDS = Duration.ofSeconds(1);

    /** A worker has become it; beyond loopback for one that is not on this machine. */
    static InstalledServer ofJvm(Hop hop, boolean here, Deadline deadline) throws IOException {
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
                    new InstalledServer(port, Token.of(token), here ? null : new Pin(pin), server::close, null);
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

    /**
     * A process that a Python worker on this machine has started, for there is no TLS: nothing that comes with every Python
     * makes a certificate.
     */
    static InstalledServer ofPython(Hop hop, String id, String inShort, Consumer<String> output, Deadline deadline)
            throws IOException, FarFailure, InterruptedException {
        String token = Token.fresh();
        List<String> command = List.of(hop.program(), "-c", JoinedPython.INSTALL);
        Relay relay = hop.start(command, deadline);
        FarTransport process = new RelayTransport(id, hop.host(), command, inShort, false, relay, output);
        Runnable end = () -> DaemonThreads.pool().execute(process::kill);
        boolean ready = false;
        try {
            process.output().write((token + "\n").getBytes(StandardCharsets.US_ASCII));
            int port = port(process, deadline);
            ready = true;
            return new InstalledServer(port, Token.of(token), null, end, process);
        } catch (IOException e) {
            throw explained(InstalledShell.failure(hop, e), process, deadline);
        } finally {
            if (!ready) {
                end.run();
            }
        }
    }

    /** A failure to reach it, with what is known of its own process. */
    FarFailure explained(FarFailure failure, Deadline deadline) {
        return process == null ? failure : explained(failure, process, deadline);
    }

    private static FarFailure explained(FarFailure failure, FarTransport process, Deadline deadline) {
        Duration left = deadline.orSooner(FOR_LAST_WORDS).remaining();
        return failure.with(process.diagnosis(left));
    }

    /** No more than a port needs: it comes from a worker. */
    private static String firstLine(InputStream said) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = said.read(); next >= 0 && next != '\n' && line.length() <= PORT_DIGITS; next = said.read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static int port(FarTransport process, Deadline deadline) throws IOException, InterruptedException {
        CompletableFuture<String> line = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                line.complete(firstLine(process.input()));
            } catch (IOException | RuntimeException e) {
                line.completeExceptionally(e);
            }
        });
        try {
            int port = Integer.parseInt(line.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS));
            if (port < 1 || port > MAX_PORT) {
                throw new NumberFormatException("there is no port " + port);
            }
            return port;
        } catch (ExecutionException e) {
            throw new IOException("it did not say where it listens: " + e.getCause(), e);
        } catch (TimeoutException | NumberFormatException e) {
            throw new IOException("it did not say where it listens", e);
        }
    }
}
