package execnet4j.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What comes from a peer. One thread at a time reads and waits; {@link #wake} and {@link #close} are for any thread.
 */
public interface ByteInput extends Closeable {
    /**
     * Whether reading gives back at once when nothing is there, and waiting can be limited.
     *
     * @return false if {@link #read} waits instead, for however long
     */
    boolean isPollable();

    /**
     * Takes what has come.
     *
     * @param target where to put it; has room
     * @return how many bytes were put, 0 if nothing is there, -1 if nothing will come any more
     * @throws IOException if the connection is broken
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Waits until something can be read, somebody calls {@link #wake}, or the thread is interrupted, whose flag stays set.
     * May return for no reason. Returns at once if this is not pollable.
     *
     * @param nanos how long at most; more than 0
     * @throws IOException if the connection is broken
     */
    void await(long nanos) throws IOException;

    /** Makes who waits return, or the next who will. */
    void wake();

    /** Nothing is read any more. */
    @Override
    void close() throws IOException;
}
