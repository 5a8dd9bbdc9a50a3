package execnet4j.channel;

import execnet4j.error.ExecnetException;
import execnet4j.serial.ExactConversion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/** Bytes out of {@code byte[]} items. */
final class ChannelInputStream extends InputStream {
    private static final byte[] NONE = {};

    private final Channel channel;
    private final boolean closesChannel;
    private final Duration timeout;
    private byte[] item = NONE;
    private int position;

    ChannelInputStream(Channel channel, boolean closesChannel, Duration timeout) {
        this.channel = channel;
        this.closesChannel = closesChannel;
        this.timeout = timeout;
    }

    @Override
    public int read() throws IOException {
        return fill() ? item[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, item.length - position);
        System.arraycopy(item, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return item.length - position;
    }

    @Override
    public void close() throws IOException {
        if (closesChannel) {
            StreamErrors.close(channel);
        }
    }

    /** Makes sure that a byte is there; false at the end. */
    private boolean fill() throws IOException {
        while (position == item.length) {
            byte[] next;
            try {
                Item received = channel.receiveItem(timeout);
                if (received == Item.END) {
                    return false;
                }
                next = ExactConversion.convert(channel.decode(received), byte[].class);
            } catch (ExecnetException e) {
                throw StreamErrors.of(e);
            }
            item = next == null ? NONE : next;
            position = 0;
        }
        return true;
    }
}
