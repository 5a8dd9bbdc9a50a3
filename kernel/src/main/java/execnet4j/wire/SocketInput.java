package execnet4j.wire;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** The receiving direction of a socket. */
final class SocketInput implements ByteInput {
    private final SocketEnds ends;
    private final SocketChannel socket;
    private final Selector selector;
    private final boolean local;

    SocketInput(SocketEnds ends) throws IOException {
        this.ends = ends;
        this.socket = ends.socket();
        this.selector = Selector.open();
        this.local = socket.getRemoteAddress() instanceof UnixDomainSocketAddress;
        socket.register(selector, SelectionKey.OP_READ);
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
        try {
            // Rounded up: none at all would be for ever.
            selector.select(key -> {}, 1 + TimeUnit.NANOSECONDS.toMillis(nanos));
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        ends.closed();
    }
}
