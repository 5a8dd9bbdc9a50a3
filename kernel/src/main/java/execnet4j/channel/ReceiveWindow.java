package execnet4j.channel;

/**
 * The receiving side's account of one channel, in encoded bytes. What arrives is charged to the gateway's budget if that
 * has room, and then the sender may send as much again at once; otherwise it is held against the channel's own window
 * until somebody takes it. Guarded by the channel's lock.
 */
final class ReceiveWindow {
    /** What each channel may always have on its way or unread; part of the extension's definition. */
    static final int BYTES = 1 << 16;

    private final ByteBudget budget;
    /** Credit is announced in pieces of this size, so that small items do not each cost a frame. */
    private final int piece;

    private long senderCredit = BYTES;
    private long held;
    private long lent;
    private long unannounced;

    ReceiveWindow(ByteBudget budget, boolean announcing) {
        this.budget = budget;
        this.piece = announcing ? BYTES / 2 : 1;
    }

    /** Whether the sender was allowed to send another item. */
    boolean mayArrive() {
        return senderCredit > 0;
    }

    /** An item has come; the result is the credit to announce now, 0 for none. */
    long arrived(int bytes) {
        senderCredit -= bytes;
        if (budget.tryLend(bytes)) {
            lent += bytes;
            return grant(bytes);
        }
        held += bytes;
        return 0;
    }

    /** An item was taken out; the result is the credit to announce now, 0 for none. */
    long taken(int bytes) {
        long fromHeld = Math.min(held, bytes);
        held -= fromHeld;
        giveBack(bytes - fromHeld);
        return grant(fromHeld);
    }

    /** Returns to the budget what is lent to items that nobody will ever take. */
    void abandon() {
        giveBack(lent);
        held = 0;
    }

    /** Bytes that wait. */
    long waiting() {
        return held + lent;
    }

    /** Bytes of the budget that are in use here. */
    long lent() {
        return lent;
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
