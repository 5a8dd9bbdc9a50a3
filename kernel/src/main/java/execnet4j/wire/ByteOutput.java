package execnet4j.wire;

import java.io.Closeable;
import java.io.IOException;

/** What goes to a peer. One thread at a time writes and waits; {@link #wake} is for any thread. */
public interface ByteOutput extends Closeable {
    /**
     * Whether writing never waits, but takes only what there is room for.
     *
     * @return false if {@link #write} waits until it has written all
     */
    boolean isPollable();

    /**
     * Writes.
     *
     * @param source where the bytes stand
     * @param offset where in it
     * @param length how many, at least 1
     * @return how many were written, 0 if there is no room
     * @throws IOException if the peer takes no more
     */
    int write(byte[] source, int offset, int length) throws IOException;

    /**
     * Waits until something can be written or somebody calls {@link #wake}. May return for no reason. Returns at once if
     * this is not pollable.
     *
     * @throws IOException if the connection is broken
     */
    void await() throws IOException;

    /** Makes who waits return, or the next who will. */
    void wake();

    /** The peer is told that no more comes. */
    @Override
    void close() throws IOException;
}
