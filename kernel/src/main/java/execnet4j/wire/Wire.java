package execnet4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;

/**
 * The two directions of a connection.
 *
 * @param input what comes from the peer
 * @param output what goes to it
 */
public record Wire(ByteInput input, ByteOutput output) {
    /**
     * Two streams, such as the pipes of a process.
     *
     * @param in from the peer; needs no buffering of its own
     * @param out to the peer; needs no buffering of its own
     * @return the wire; it cannot be polled
     */
    public static Wire of(InputStream in, OutputStream out) {
        return new Wire(new StreamInput(in), new StreamOutput(out));
    }

    /**
     * A connected socket.
     *
     * @param socket used by nobody else from now on; closed when both directions are
     * @return the wire; it can be polled
     * @throws IOException if the socket is closed, or the system has no descriptors left
     */
    public static Wire of(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        SocketEnds ends = new SocketEnds(socket);
        return new Wire(new SocketInput(ends), new SocketOutput(ends));
    }
}
