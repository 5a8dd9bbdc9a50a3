package execnet4j.wire;

import java.io.IOException;
import java.io.InputStream;

/** A stream, whose reads wait. */
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
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
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
