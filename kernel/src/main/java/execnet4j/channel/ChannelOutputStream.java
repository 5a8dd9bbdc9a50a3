package execnet4j.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

/** Sends each write as one {@code byte[]} item. */
final class ChannelOutputStream extends OutputStream {
    private final Channel channel;
    private final boolean closesChannel;
    private final Duration timeout;

    ChannelOutputStream(Channel channel, boolean closesChannel, Duration timeout) {
        this.channel = channel;
        this.closesChannel = closesChannel;
        this.timeout = timeout;
    }

    @Override
    public void write(int one) throws IOException {
        StreamErrors.send(channel, timeout, new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        StreamErrors.send(channel, timeout, Arrays.copyOfRange(source, offset, offset + length));
    }

    @Override
    public void close() throws IOException {
        if (closesChannel) {
            StreamErrors.close(channel);
        }
    }
}
