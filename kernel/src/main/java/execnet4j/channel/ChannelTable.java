package execnet4j.channel;

import execnet4j.wire.WireException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The open channels of a connection by their ids. Any thread. */
final class ChannelTable {
    /** So many channels may be open that the peer has opened. */
    static final int MAX_OF_PEER = 1 << 18;

    private final Map<Integer, Channel> open = new ConcurrentHashMap<>();
    private final int firstOwn;
    private final AtomicInteger nextOwn;
    private final AtomicInteger ofPeer = new AtomicInteger();

    ChannelTable(boolean coordinator) {
        firstOwn = coordinator ? 1 : 2;
        nextOwn = new AtomicInteger(firstOwn);
    }

    int nextId() {
        int id = nextOwn.getAndAdd(2);
        if (id <= 0) {
            nextOwn.addAndGet(-2);
            throw new IllegalStateException(
                    "this gateway has used up its two to the thirtieth channel numbers; make a new one");
        }
        return id;
    }

    boolean isOwn(int id) {
        return id > 0 && (id - firstOwn) % 2 == 0;
    }

    @Nullable
    Channel get(int id) {
        return open.get(id);
    }

    void add(Channel channel) {
        open.put(channel.id(), channel);
    }

    /** Adds one that the peer has numbered. */
    void addOfPeer(Channel channel) throws WireException {
        if (channel.id() <= 0 || isOwn(channel.id()) || open.containsKey(channel.id())) {
            throw new WireException("the peer opened a channel with an id it may not use: " + channel.id());
        }
        if (ofPeer.incrementAndGet() > MAX_OF_PEER) {
            throw new WireException("the peer opened more than " + MAX_OF_PEER + " channels without closing any");
        }
        open.put(channel.id(), channel);
    }

    void remove(Channel channel) {
        if (open.remove(channel.id(), channel) && !isOwn(channel.id())) {
            ofPeer.decrementAndGet();
        }
    }

    int size() {
        return open.size();
    }

    List<Channel> all() {
        return List.copyOf(open.values());
    }
}
