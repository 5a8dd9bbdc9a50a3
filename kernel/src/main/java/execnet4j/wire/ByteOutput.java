package execnet4j.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

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
     * @param source has bytes; those that are written are taken from it, none if there is no room
     * @throws IOException if the peer takes no more
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Waits until something can be written, somebody calls {@link #wake}, the thread is interrupted or the time is over. May
     * return for no reason. Returns at once if this is not pollable.
     *
     * @param nanos how long to wait, at least; more than none
     * @throws IOException if the connection is broken
     */
    void await(long nanos) throws IOException;

    /** Makes who waits return, or the next who will. */
    void wake();

    /** The peer is told that no more comes. */
    @Override
    void close() throws IOException;
}
