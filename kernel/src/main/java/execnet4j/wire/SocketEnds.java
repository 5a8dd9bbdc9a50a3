package execnet4j.wire;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket whose two directions are closed one by one. Any thread. */
final class SocketEnds {
    private final SocketChannel socket;
    private final AtomicInteger open = new AtomicInteger(2);

    SocketEnds(SocketChannel socket) {
        this.socket = socket;
    }

    SocketChannel socket() {
        return socket;
    }

    /** One direction is over; each says so once. */
    void closed() throws IOException {
        if (open.decrementAndGet() == 0) {
            socket.close();
        }
    }
}
