package execnet4j.channel;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Receives one item ahead of its user. For one thread. */
final class ChannelIterator implements Iterator<@Nullable Object> {
    private final Channel channel;
    private boolean fetched;
    private @Nullable Object next;

    ChannelIterator(Channel channel) {
        this.channel = channel;
    }

    @Override
    public boolean hasNext() {
        if (fetched) {
            return true;
        }
        Item item = channel.receiveItem();
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
