package execnet4j.channel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the peer makes us keep one channel. It does while a channel that it opened is open, and while a closed one, also
 * one of ours, stands in an item that nobody has taken. Any thread; knows its channel not, so as not to keep it itself.
 */
final class Hold {
    private static final int CLOSED = 1;
    private static final int NAMED = 2;

    private final boolean ofPeer;
    private final AtomicInteger kept;
    /** Twice the number of waiting items that name the channel, and one more once it is closed. */
    private final AtomicInteger state = new AtomicInteger();

    /**
     * For an open channel that nothing names.
     *
     * @param ofPeer whether the peer opened it; it is counted already then
     * @param kept the connection's number of such channels
     */
    Hold(boolean ofPeer, AtomicInteger kept) {
        this.ofPeer = ofPeer;
        this.kept = kept;
    }

    /** An item that waits names it. */
    void named() {
        move(state.getAndAdd(NAMED), NAMED);
    }

    /** An item that named it was taken or will never be. */
    void unnamed() {
        move(state.getAndAdd(-NAMED), -NAMED);
    }

    /** It was open and is closed. */
    void closed() {
        move(state.getAndAdd(CLOSED), CLOSED);
    }

    private void move(int before, int change) {
        int difference = counted(before + change) - counted(before);
        if (difference != 0) {
            kept.addAndGet(difference);
        }
    }

    private int counted(int seen) {
        boolean open = (seen & CLOSED) == 0;
        boolean named = seen >= NAMED;
        return open ? (ofPeer ? 1 : 0) : (named ? 1 : 0);
    }
}
