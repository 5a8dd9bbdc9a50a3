package execnet4j.worker;

import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionHost;
import execnet4j.channel.ConnectionSettings;
import execnet4j.protocol.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** What the frames travel on: a socket where the coordinator can be met, else the two streams. */
final class CoordinatorWire {
    private final InputStream in;
    private final OutputStream out;
    private final @Nullable SocketChannel socket;

    private CoordinatorWire(InputStream in, OutputStream out, @Nullable SocketChannel socket) {
        this.in = in;
        this.out = out;
        this.socket = socket;
    }

    /** Goes to where the coordinator can be met, if it says so. */
    static CoordinatorWire of(InputStream in, OutputStream out, Offer offer) {
        String path = offer.socket();
        if (path == null) {
            return new CoordinatorWire(in, out, null);
        }
        try {
            return new CoordinatorWire(in, out, SocketChannel.open(UnixDomainSocketAddress.of(path)));
        } catch (IOException | RuntimeException e) {
            // Another user's worker may not go there, one in a container does not see it.
            return new CoordinatorWire(in, out, null);
        }
    }

    /** Tells the coordinator that this worker is ready, and where it speaks. */
    void answer() throws IOException {
        out.write(socket == null ? Offer.READY : Offer.READY_ON_SOCKET);
        out.flush();
        if (socket != null) {
            in.close();
            out.close();
        }
    }

    Connection connection(ConnectionSettings settings, ConnectionHost host) {
        if (socket == null) {
            return new Connection(in, out, settings, host);
        }
        try {
            return new Connection(socket, settings, host);
        } catch (IOException e) {
            throw new IllegalStateException("the socket to the coordinator cannot be used", e);
        }
    }
}
