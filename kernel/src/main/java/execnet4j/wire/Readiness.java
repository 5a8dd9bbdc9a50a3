package execnet4j.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Whether a socket is ready in one direction. One thread at a time waits; {@link #wake} is for any thread. */
final class Readiness implements Closeable {
    private final Selector selector;

    Readiness(SocketChannel socket, int operation) throws IOException {
        this.selector = Selector.open();
        socket.register(selector, operation);
    }

    /** Waits until it is ready, somebody wakes it, the thread is interrupted or the time, more than none, is over. */
    void await(long nanos) throws IOException {
        try {
            // Rounded up: none at all would be for ever.
            selector.select(key -> {}, 1 + TimeUnit.NANOSECONDS.toMillis(nanos));
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
    }

    /** Makes who waits return, or the next who will. */
    void wake() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
