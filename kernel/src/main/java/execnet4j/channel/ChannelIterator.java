package execnet4j.channel;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Receives one item ahead of its user. For one thread. */
final class ChannelIterator implements Iterator<@Nullable Object> {
    private final Channel channel;
    private final Duration timeout;
    private boolean fetched;
    private @Nullable Object next;

    ChannelIterator(Channel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    @Override
    public boolean hasNext() {
        if (fetched) {
            return true;
        }
        Item item = channel.receiveItem(timeout);
        if (item == Item.END) {
            return false;
        }
        next = channel.decode(item);
        fetched = true;
        return true;
    }

    @Override
    public @Nullable Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException(channel + " has no more items");
        }
        Object item = next;
        next = null;
        fetched = false;
        return item;
    }
}
