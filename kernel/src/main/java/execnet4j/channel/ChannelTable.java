package execnet4j.channel;

import execnet4j.wire.WireException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The open channels of a connection by their ids. Any thread. */
final class ChannelTable {
    /**
     * So many channels a worker may make its coordinator keep, open or in items that nobody has taken: their windows take
     * no more than 256 MiB.
     */
    static final int MAX_OF_WORKER = 1 << 12;

    /** The same for a coordinator, which runs what it likes in its worker anyway; each of its tasks takes one. */
    static final int MAX_OF_COORDINATOR = 1 << 18;

    private final Connection connection;
    private final boolean extensions;
    private final ByteBudget budget;
    private final Map<Integer, Channel> open = new ConcurrentHashMap<>();
    private final int firstOwn;
    private final AtomicInteger nextOwn;
    private final int maxOfPeer;
    private final AtomicInteger ofPeer = new AtomicInteger();

    ChannelTable(Connection connection, ConnectionSettings settings) {
        this.connection = connection;
        this.extensions = settings.extensions();
        this.budget = new ByteBudget(settings.byteBudget());
        firstOwn = settings.coordinator() ? 1 : 2;
        nextOwn = new AtomicInteger(firstOwn);
        maxOfPeer = settings.coordinator() ? MAX_OF_WORKER : MAX_OF_COORDINATOR;
    }

    /** A channel that is in no table yet. */
    Channel create(int id, boolean ofTask) {
        long credit = extensions ? ReceiveWindow.BYTES : SendCredit.UNLIMITED;
        return new Channel(
                connection, id, ofTask, credit, new ReceiveWindow(budget, extensions), new Hold(!isOwn(id), ofPeer));
    }

    /** Opens one of our own. */
    Channel open() {
        Channel channel = create(nextId(), false);
        open.put(channel.id(), channel);
        return channel;
    }

    private int nextId() {
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

    /** Whether we have opened a channel of this id, which may be closed by now. */
    boolean wasOpenedHere(int id) {
        return isOwn(id) && id < nextOwn.get();
    }

    /** Channels that the peer makes us keep. */
    int ofPeer() {
        return ofPeer.get();
    }

    @Nullable
    Channel get(int id) {
        return open.get(id);
    }

    /** Opens one that the peer has numbered. */
    Channel openedByPeer(int id, boolean ofTask) throws WireException {
        if (id <= 0 || isOwn(id) || open.containsKey(id)) {
            throw new WireException("the peer opened a channel with an id it may not use: " + id);
        }
        if (ofPeer.incrementAndGet() > maxOfPeer) {
            throw new WireException("the peer opened more than " + maxOfPeer
                    + " channels that are open or stand in items that nobody has received");
        }
        Channel channel = create(id, ofTask);
        open.put(id, channel);
        return channel;
    }

    void remove(Channel channel) {
        if (open.remove(channel.id(), channel)) {
            channel.hold().closed();
        }
    }

    int size() {
        return open.size();
    }

    List<Channel> all() {
        return List.copyOf(open.values());
    }
}
