package execnet4j.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The sending direction of a socket. */
final class SocketOutput implements ByteOutput {
    private final SocketEnds ends;
    private final SocketChannel socket;
    private final Readiness readiness;

    SocketOutput(SocketEnds ends) throws IOException {
        this.ends = ends;
        this.socket = ends.socket();
        this.readiness = new Readiness(socket, SelectionKey.OP_WRITE);
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
        try {
            if (socket.isOpen()) {
                socket.shutdownOutput();
            }
        } finally {
            ends.closed();
        }
    }
}
