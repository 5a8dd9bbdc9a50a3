package execnet4j.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A stream, whose writes wait until all is written; from buffers that have an array. */
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
    public void write(ByteBuffer source) throws IOException {
        out.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
        out.flush();
        source.position(source.limit());
    }

    @Override
    public void await(long nanos) {
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
