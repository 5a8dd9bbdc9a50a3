package execnet4j.channel;

import execnet4j.error.ExecnetException;
import execnet4j.serial.ExactConversion;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.Objects;

/** Characters out of {@code String} items. */
final class ChannelReader extends Reader {
    private final Channel channel;
    private final boolean closesChannel;
    private final Duration timeout;
    private String item = "";
    private int position;

    ChannelReader(Channel channel, boolean closesChannel, Duration timeout) {
        this.channel = channel;
        this.closesChannel = closesChannel;
        this.timeout = timeout;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, item.length() - position);
        item.getChars(position, position + count, target, offset);
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (closesChannel) {
            StreamErrors.close(channel);
        }
    }

    /** Makes sure that a character is there; false at the end. */
    private boolean fill() throws IOException {
        while (position == item.length()) {
            String next;
            try {
                Item received = channel.receiveItem(timeout);
                if (received == Item.END) {
                    return false;
                }
                next = ExactConversion.convert(channel.decode(received), String.class);
            } catch (ExecnetException e) {
                throw StreamErrors.of(e);
            }
            item = next == null ? "" : next;
            position = 0;
        }
        return true;
    }
}
