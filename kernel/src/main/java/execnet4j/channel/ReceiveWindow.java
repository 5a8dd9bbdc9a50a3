package execnet4j.channel;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side's account of one channel, in encoded bytes. What arrives is charged to the gateway's budget if that
 * has room, and then the sender may send as much again at once; otherwise it is held against the channel's own window
 * until somebody takes it. Guarded by the channel's lock.
 */
final class ReceiveWindow {
    /** What each channel may always have on its way or unread; part of the extension's definition. */
    static final int BYTES = 1 << 16;

    /** What a channel that uses its window gets for more, if the budget has plenty. */
    static final int GROWTH = 1 << 20;

    private final ByteBudget budget;
    /** Credit is announced in pieces of this size, so that small items do not each cost a frame. */
    private int piece;

    private boolean mayGrow;
    private long grown;

    /** For each item that waits and names channels; null if none ever did. */
    private @Nullable ArrayDeque<Hold[]> named;

    private long senderCredit = BYTES;
    private long held;
    private long lent;
    private long unannounced;

    ReceiveWindow(ByteBudget budget, boolean announcing) {
        this.budget = budget;
        this.piece = announcing ? BYTES / 2 : 1;
        this.mayGrow = announcing;
    }

    /** Whether the sender was allowed to send another item. */
    boolean mayArrive() {
        return senderCredit > 0;
    }

    /** An item has come; the result is the credit to announce now, 0 for none. */
    long arrived(Item item) {
        if (item.channels != NamedChannels.NONE) {
            hold(item.channels.holds());
        }
        int bytes = item.cost();
        senderCredit -= bytes;
        int more = growth();
        if (budget.tryLend(bytes)) {
            lent += bytes;
            return grant(bytes + more);
        }
        held += bytes;
        return grant(more);
    }

    /** A sender who has used half of his window would soon wait for credit rather than for a reader. */
    private int growth() {
        if (!mayGrow || senderCredit > BYTES / 2 || !budget.tryLendOfPlenty(GROWTH)) {
            return 0;
        }
        mayGrow = false;
        grown = GROWTH;
        piece = GROWTH / 4;
        return GROWTH;
    }

    /** No more items come: what was lent beforehand goes back. */
    void noMoreArrive() {
        mayGrow = false;
        budget.giveBack(grown);
        grown = 0;
    }

    /** The oldest item was taken out; the result is the credit to announce now, 0 for none. */
    long taken(Item item) {
        if (item.channels != NamedChannels.NONE) {
            releaseNext();
        }
        int bytes = item.cost();
        long fromHeld = Math.min(held, bytes);
        held -= fromHeld;
        giveBack(bytes - fromHeld);
        return grant(fromHeld);
    }

    /** Returns what is lent to items that nobody will ever take: bytes to the budget, and the channels that they name. */
    void abandon() {
        giveBack(lent);
        held = 0;
        boolean more = true;
        while (more) {
            more = releaseNext();
        }
    }

    /** Whether nothing would be returned. */
    boolean isEmpty() {
        return lent == 0 && (named == null || named.isEmpty());
    }

    /** Bytes that wait. */
    long waiting() {
        return held + lent;
    }

    private void hold(Hold[] holds) {
        if (named == null) {
            named = new ArrayDeque<>(1);
        }
        named.add(holds);
        for (Hold each : holds) {
            each.named();
        }
    }

    private boolean releaseNext() {
        Hold[] holds = named == null ? null : named.poll();
        if (holds == null) {
            return false;
        }
        for (Hold each : holds) {
            each.unnamed();
        }
        return true;
    }

    private void giveBack(long bytes) {
        lent -= bytes;
        budget.giveBack(bytes);
    }

    private long grant(long bytes) {
        unannounced += bytes;
        if (unannounced < piece) {
            return 0;
        }
        long announced = unannounced;
        unannounced = 0;
        senderCredit += announced;
        return announced;
    }
}
