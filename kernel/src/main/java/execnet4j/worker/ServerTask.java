package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.error.ChannelClosedException;
import execnet4j.serial.Tuple;
import execnet4j.serve.WorkerServer;
import execnet4j.serve.WorkerServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Serves one coordinator by a socket from this worker, see {@link WorkerServer}. The channel's first item is a tuple of the
 * token and whether to listen on loopback alone, which is without TLS; the answer is one of the port and the pin. The server
 * ends with the channel.
 */
public final class ServerTask implements RemoteTask {
    private static final long serialVersionUID = 1L;

    /** Named by its class in an order; needs nothing. */
    public ServerTask() {}

    @Override
    public void run(Channel channel) throws IOException {
        if (!(channel.receive() instanceof Tuple order)
                || order.size() != 2
                || !(order.get(0) instanceof String token)
                || !(order.get(1) instanceof Boolean loopback)) {
            throw new IllegalArgumentException("a token and whether to listen on loopback alone were expected");
        }
        WorkerServerBuilder settings = WorkerServer.builder().token(token);
        if (!loopback) {
            settings.address(new InetSocketAddress("0.0.0.0", 0)).tls();
        }
        try (WorkerServer server = settings.start()) {
            channel.send(Tuple.of(server.address().getPort(), server.pin().orElse("")));
            awaitClose(channel);
        }
    }

    private static void awaitClose(Channel channel) {
        try {
            while (true) {
                channel.receive();
            }
        } catch (ChannelClosedException e) {
            // The coordinator does not need it any more, or is gone.
        }
    }
}
