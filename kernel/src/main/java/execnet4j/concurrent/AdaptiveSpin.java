package execnet4j.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * How long to look for something before sleeping until it comes. What comes within microseconds is sooner seen by looking
 * than by being woken for it; with one processor, too, as each look of a platform thread first gives way to whoever may be
 * about to make it. That does not pay where the answer takes longer, or where those who are given way to are busy with
 * something else and use all of their time. So an account is kept, {@link LookAccount}.
 *
 * <p>One thread at a time.
 */
public final class AdaptiveSpin {
    /** Whether this process has a single processor, as of its start. */
    public static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final LookAccount account = new LookAccount(System.nanoTime());
    private long began;
    private boolean looking;
    private boolean virtual;

    /** Begins to wait for something. On a single processor a virtual thread does not look. */
    public void begin() {
        began = System.nanoTime();
        virtual = VirtualThreads.isCurrent();
        // It gives way to others of its kind only: whoever makes what it looks for needs another processor.
        looking = account.allows(began) && !(virtual && ALONE);
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
            if (spent < LOOK_NANOS) {
                account.hasPaid();
            } else {
                account.wasInVain(spent, now);
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
