package execnet4j.link;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** Writes parts, see {@link PartKind}; each leaves at once and whole. Any thread. */
public final class PartOutput {
    private static final int HEAD_BYTES = 5;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] buffer = new byte[HEAD_BYTES + PartKind.MAX_BYTES];

    /**
     * To one end of a connection.
     *
     * @param out not buffered
     */
    public PartOutput(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends a part without content.
     *
     * @param kind of {@link PartKind}
     * @throws IOException if the connection has ended
     */
    public void send(byte kind) throws IOException {
        send(kind, new byte[0], 0, 0);
    }

    /**
     * Sends a part that is a number.
     *
     * @param kind of {@link PartKind}
     * @param number any
     * @throws IOException if the connection has ended
     */
    public void send(byte kind, int number) throws IOException {
        send(kind, ByteBuffer.allocate(Integer.BYTES).putInt(number).array(), 0, Integer.BYTES);
    }

    /**
     * Sends a part.
     *
     * @param kind of {@link PartKind}
     * @param bytes its content is a piece of this
     * @param offset where that begins
     * @param length 0 to {@link PartKind#MAX_BYTES}
     * @throws IOException if the connection has ended
     */
    public void send(byte kind, byte[] bytes, int offset, int length) throws IOException {
        lock.lock();
        try {
            ByteBuffer part = ByteBuffer.wrap(buffer);
            part.put(kind).putInt(length).put(bytes, offset, length);
            out.write(buffer, 0, part.position());
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
