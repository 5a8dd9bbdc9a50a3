package execnet4j.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What comes from a peer in one place and, from some moment on, in another. */
public final class MovableInput implements ByteInput {
    private volatile ByteInput place;

    /**
     * Begins somewhere.
     *
     * @param first where it comes at first
     */
    public MovableInput(ByteInput first) {
        this.place = first;
    }

    /**
     * Goes on elsewhere. For the thread that reads, when nothing more comes in the old place, which is closed.
     *
     * @param next where it comes from now on
     * @throws IOException if the old place cannot be closed
     */
    public void moveTo(ByteInput next) throws IOException {
        ByteInput before = place;
        place = next;
        before.close();
    }

    @Override
    public boolean isPollable() {
        return place.isPollable();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return place.read(target);
    }

    @Override
    public void await(long nanos) throws IOException {
        place.await(nanos);
    }

    @Override
    public void wake() {
        place.wake();
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
