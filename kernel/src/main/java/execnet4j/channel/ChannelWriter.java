package execnet4j.channel;

import java.io.IOException;
import java.io.Writer;

/** Sends each write as one {@code String} item. */
final class ChannelWriter extends Writer {
    private final Channel channel;
    private final boolean closesChannel;

    ChannelWriter(Channel channel, boolean closesChannel) {
        this.channel = channel;
        this.closesChannel = closesChannel;
    }

    @Override
    public void write(char[] source, int offset, int length) throws IOException {
        StreamErrors.send(channel, new String(source, offset, length));
    }

    @Override
    public void write(String source, int offset, int length) throws IOException {
        StreamErrors.send(channel, source.substring(offset, offset + length));
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
