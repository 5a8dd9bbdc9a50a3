package execnet4j.link;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

/** Reads parts, see {@link PartKind}. For one thread at a time. */
public final class PartInput {
    private final InputStream in;
    private int left;

    /**
     * From one end of a connection.
     *
     * @param in not buffered
     */
    public PartInput(InputStream in) {
        this.in = new BufferedInputStream(in, PartKind.MAX_BYTES);
    }

    /**
     * The head of the next part; what was not read of the one before is skipped.
     *
     * @return its kind, -1 if the connection ended before it
     * @throws IOException if the connection broke, or the part is longer than {@link PartKind#MAX_BYTES}
     */
    public int next() throws IOException {
        in.skipNBytes(left);
        left = 0;
        int kind = in.read();
        if (kind < 0) {
            return -1;
        }
        int length = number();
        if (length < 0 || length > PartKind.MAX_BYTES) {
            throw new ProtocolException("a part of " + length + " bytes was announced");
        }
        left = length;
        return kind;
    }

    /**
     * What is left of the part's content.
     *
     * @return in bytes
     */
    public int left() {
        return left;
    }

    /**
     * Reads some of the part's content.
     *
     * @param bytes to be read into
     * @param offset from here
     * @param length so much at most
     * @return how much was read, 1 or more if something is left and wanted
     * @throws IOException if the connection broke
     */
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int got = in.read(bytes, offset, Math.min(length, left));
        if (got < 0) {
            throw new EOFException("the connection ended within a part");
        }
        left -= got;
        return got;
    }

    /**
     * All that is left of the part's content.
     *
     * @return new
     * @throws IOException if the connection broke
     */
    public byte[] rest() throws IOException {
        byte[] rest = in.readNBytes(left);
        if (rest.length < left) {
            throw new EOFException("the connection ended within a part");
        }
        left = 0;
        return rest;
    }

    /**
     * The content of a part that is a number.
     *
     * @return the number
     * @throws IOException if the connection broke, or the content is no number
     */
    public int restAsNumber() throws IOException {
        if (left != Integer.BYTES) {
            throw new ProtocolException("a number of " + left + " bytes was sent");
        }
        left = 0;
        return number();
    }

    private int number() throws IOException {
        byte[] number = in.readNBytes(Integer.BYTES);
        if (number.length < Integer.BYTES) {
            throw new EOFException("the connection ended within a part");
        }
        return ByteBuffer.wrap(number).getInt();
    }
}
