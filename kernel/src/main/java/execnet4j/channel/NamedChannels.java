package execnet4j.channel;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The open channels that an item names, found by their ids. It waits as long as the item does, in memory of the order of
 * what the names took on the wire; the channels themselves are counted by their {@link Hold}s.
 */
final class NamedChannels {
    static final NamedChannels NONE = new NamedChannels(new Channel[0]);

    private final Channel[] ascending;

    private NamedChannels(Channel[] ascending) {
        this.ascending = ascending;
    }

    /** Each of them once, in any order. */
    static NamedChannels of(Collection<Channel> channels) {
        Channel[] ascending = channels.toArray(Channel[]::new);
        Arrays.sort(ascending, Comparator.comparingInt(Channel::id));
        return new NamedChannels(ascending);
    }

    /** Empty where there are none. */
    Hold[] holds() {
        return Arrays.stream(ascending).map(Channel::hold).toArray(Hold[]::new);
    }

    @Nullable
    Channel get(int id) {
        int low = 0;
        int high = ascending.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Channel found = ascending[middle];
            if (found.id() == id) {
                return found;
            } else if (found.id() < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }
}
