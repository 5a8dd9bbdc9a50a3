package execnet4j.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stream, whose reads wait; into buffers that have an array. */
final class StreamInput implements ByteInput {
    private final InputStream in;

    StreamInput(InputStream in) {
        this.in = in;
    }

    @Override
    public boolean isPollable() {
        return false;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int at = target.position();
        int got = in.read(target.array(), target.arrayOffset() + at, target.remaining());
        target.position(at + Math.max(0, got));
        return got;
    }

    @Override
    public void await(long nanos) {
        // Reading waits.
    }

    @Override
    public void wake() {
        // Nobody can be woken out of a read; the end of the peer's process ends it.
    }

    @Override
    public void close() {
        // To close a stream in which somebody reads waits for that read; it goes with its process.
    }
}
