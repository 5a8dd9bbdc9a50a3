package execnet4j.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * How long to look for something before sleeping until it comes. What comes within microseconds is sooner seen by looking
 * than by being woken for it; with one processor, too, as each look of a platform thread first gives way to whoever may be about to make it.
 *
 * <p>That does not pay where the answer takes longer, or where those who are given way to are busy with something else and
 * use all of their time. So an account is kept. What was found by looking is worth what being woken costs; the time of a
 * look in vain is paid from that, and who is in debt does not look for eight times as long. So little is lost however
 * busy the machine is, and a single late answer changes nothing.
 *
 * <p>One thread at a time.
 */
public final class AdaptiveSpin {
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private static final long WORTH_NANOS = TimeUnit.MICROSECONDS.toNanos(25);

    private static final long MOST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private static final int PAUSE_FACTOR = 8;

    /** A virtual thread gives way to others of its kind only, so whoever makes what it looks for needs another processor. */
    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private long account;
    private long began;
    private long pausedUntil = System.nanoTime();
    private boolean looking;
    private boolean virtual;

    /** Begins to wait for something. On a single processor a virtual thread does not look. */
    public void begin() {
        began = System.nanoTime();
        virtual = VirtualThreads.isCurrent();
        looking = began - pausedUntil >= 0 && !(virtual && ALONE);
    }

    /**
     * Whether to look again, and not sleep.
     *
     * @return true once others had their turn; false from when looking no longer pays
     */
    public boolean looksAgain() {
        if (looking && System.nanoTime() - began >= LOOK_NANOS) {
            end();
        }
        if (looking) {
            giveWay();
        }
        return looking;
    }

    /** It has come, or is not waited for any more. */
    public void end() {
        if (looking) {
            looking = false;
            long now = System.nanoTime();
            long spent = now - began;
            account = spent < LOOK_NANOS ? Math.min(MOST_NANOS, account + WORTH_NANOS) : account - spent;
            if (account < 0) {
                pausedUntil = now - PAUSE_FACTOR * account;
                account = 0;
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // only speed depends on the scheduler here
    private void giveWay() {
        if (virtual) {
            // To queue up behind others of its kind would wake a carrier for it.
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
