package execnet4j.transport;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.spec.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jdk.net.ExtendedSocketOptions;

/**
 * Connects, on a pool thread: neither the search for a host's address nor the system's connect takes heed of an interrupt.
 * A peer that has gone silent is noticed within 15 seconds where the system lets us choose, else after the system's own time,
 * two hours as a rule.
 */
final class SocketConnect {
    /** In seconds, and a count: 6 + 3 * 3 = 15 seconds. */
    private static final Map<SocketOption<Integer>, Integer> PROBES = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 6,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 3,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 3);

    private SocketConnect() {}

    static Socket to(HostAndPort address, Deadline deadline) throws IOException, InterruptedException {
        Socket socket = new Socket();
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                connect(socket, address);
                connected.complete(socket);
            } catch (IOException | RuntimeException e) {
                connected.completeExceptionally(e);
            }
        });
        boolean done = false;
        try {
            Socket made = connected.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            done = true;
            return made;
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("it did not answer in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IOException(e.getCause() == null ? null : e.getCause().getMessage(), e);
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    private static void connect(Socket socket, HostAndPort address) throws IOException {
        InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
        if (resolved.isUnresolved()) {
            throw new UnknownHostException(address.host());
        }
        socket.connect(resolved);
        socket.setTcpNoDelay(true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> each : PROBES.entrySet()) {
            if (socket.supportedOptions().contains(each.getKey())) {
                socket.setOption(each.getKey(), each.getValue());
            }
        }
    }
}
