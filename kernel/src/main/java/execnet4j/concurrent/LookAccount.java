package execnet4j.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * Whether looking for something pays. What was found by looking is worth what being woken costs; the time of a look in vain
 * is paid from that, and who is in debt does not look for eight times as long; and if the next look is in vain, too, for
 * twice as long as before, up to a hundredth of a second unless eight times is more. So little is lost however busy the
 * machine is, next to nothing where every answer takes its time, and a single late answer changes nothing. All times are in
 * nanoseconds of one clock.
 */
final class LookAccount {
    private static final long WORTH = TimeUnit.MICROSECONDS.toNanos(25);

    private static final long MOST = TimeUnit.MICROSECONDS.toNanos(500);

    private static final int PAUSE_FACTOR = 8;

    private static final long MOST_GROWTH = TimeUnit.MILLISECONDS.toNanos(10);

    private long credit;
    private int pauseFactor = PAUSE_FACTOR;
    private long pausedUntil;

    LookAccount(long now) {
        pausedUntil = now;
    }

    boolean allows(long now) {
        return now - pausedUntil >= 0;
    }

    void hasPaid() {
        credit = Math.min(MOST, credit + WORTH);
        pauseFactor = PAUSE_FACTOR;
    }

    void wasInVain(long spent, long now) {
        credit -= spent;
        if (credit < 0) {
            long grown = -credit * pauseFactor;
            if (grown < MOST_GROWTH) {
                pauseFactor *= 2;
            }
            pausedUntil = now + Math.max(-credit * PAUSE_FACTOR, Math.min(grown, MOST_GROWTH));
            credit = 0;
        }
    }
}
