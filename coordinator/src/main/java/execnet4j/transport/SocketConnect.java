package execnet4j.transport;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.link.KeepAlive;
import execnet4j.spec.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects, on a pool thread: neither the search for a host's address nor the system's connect takes heed of an interrupt. */
final class SocketConnect {
    private SocketConnect() {}

    /**
     * A socket that notices if its peer goes silent.
     *
     * @throws NoHostException if there is no such host, or it does not answer
     * @throws IOException if it refuses
     */
    static Socket to(HostAndPort address, Deadline deadline) throws IOException, InterruptedException {
        Socket socket = new Socket();
        try {
            return inTime(socket, deadline, () -> {
                connect(socket, address);
                return socket;
            });
        } catch (UnknownHostException e) {
            throw new NoHostException("there is no host " + address.host(), e);
        } catch (SocketTimeoutException | NoRouteToHostException e) {
            throw new NoHostException(
                    "the host " + address.host() + " does not answer on port " + address.port() + ": " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new IOException(address.host() + ":" + address.port() + ": " + e.getMessage(), e);
        }
    }

    /** Has something done that blocks for as long as the socket is open; if it fails or takes too long, that is closed. */
    static <T> T inTime(Socket socket, Deadline deadline, Callable<T> work) throws IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        boolean done = false;
        try {
            T made = result.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            done = true;
            return made;
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("it did not answer in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IOException(e.getCause());
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
        KeepAlive.on(socket);
    }
}
