package execnet4j.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** The sending direction of a socket. */
final class SocketOutput implements ByteOutput {
    private final SocketEnds ends;
    private final SocketChannel socket;
    private final Selector selector;

    SocketOutput(SocketEnds ends) throws IOException {
        this.ends = ends;
        this.socket = ends.socket();
        this.selector = Selector.open();
        socket.register(selector, SelectionKey.OP_WRITE);
    }

    @Override
    public boolean isPollable() {
        return true;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int unused = socket.write(source);
    }

    @Override
    public void await() throws IOException {
        try {
            selector.select(key -> {});
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
        try {
            if (socket.isOpen()) {
                socket.shutdownOutput();
            }
        } finally {
            ends.closed();
        }
    }
}
