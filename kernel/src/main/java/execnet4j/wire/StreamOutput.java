package execnet4j.wire;

import java.io.IOException;
import java.io.OutputStream;

/** A stream, whose writes wait until all is written. */
final class StreamOutput implements ByteOutput {
    private final OutputStream out;

    StreamOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public boolean isPollable() {
        return false;
    }

    @Override
    public int write(byte[] source, int offset, int length) throws IOException {
        out.write(source, offset, length);
        out.flush();
        return length;
    }

    @Override
    public void await() {
        // Writing waits.
    }

    @Override
    public void wake() {
        // Nobody can be woken out of a write; the end of the peer's process ends it.
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
