package execnet4j.wire;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The receiving direction of a socket. */
final class SocketInput implements ByteInput {
    private final SocketEnds ends;
    private final SocketChannel socket;
    private final Readiness readiness;
    private final boolean local;

    SocketInput(SocketEnds ends) throws IOException {
        this.ends = ends;
        this.socket = ends.socket();
        this.readiness = new Readiness(socket, SelectionKey.OP_READ);
        this.local = socket.getRemoteAddress() instanceof UnixDomainSocketAddress;
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return socket.read(target);
        } catch (IOException e) {
            if (local) {
                // A process that ends without having read all resets the socket, after its last byte: that is its end.
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void await(long nanos) throws IOException {
        readiness.await(nanos);
    }

    @Override
    public void wake() {
        readiness.wake();
    }

    @Override
    public void close() throws IOException {
        readiness.close();
        ends.closed();
    }
}
