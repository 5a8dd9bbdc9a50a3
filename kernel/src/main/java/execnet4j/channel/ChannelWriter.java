package execnet4j.channel;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;

/** Sends each write as one {@code String} item. */
final class ChannelWriter extends Writer {
    private final Channel channel;
    private final boolean closesChannel;
    private final Duration timeout;

    ChannelWriter(Channel channel, boolean closesChannel, Duration timeout) {
        this.channel = channel;
        this.closesChannel = closesChannel;
        this.timeout = timeout;
    }

    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        StreamErrors.send(channel, timeout, new String(source, offset, length));
    }

    @Override
    public void write(String source, int offset, int length) throws IOException {
        StreamErrors.send(channel, timeout, source.substring(offset, offset + length));
    }

    /** Does nothing: every write is on its way already. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        if (closesChannel) {
            StreamErrors.close(channel);
        }
    }
}
