package execnet4j.concurrent;

import java.util.concurrent.TimeUnit;

/**
 * Whether looking for something pays. What was found by looking is worth what being woken costs; the time of a look in vain
 * is paid from that, and who is in debt does not look for eight times as long. So little is lost however busy the machine
 * is, and a single late answer changes nothing. The pause is short, and does not grow with each look in vain: two ends that
 * both sleep answer too late for a look, and come out of that only if they look at the same time. All times are in
 * nanoseconds of one clock.
 */
final class LookAccount {
    private static final long WORTH = TimeUnit.MICROSECONDS.toNanos(25);

    private static final long MOST = TimeUnit.MICROSECONDS.toNanos(500);

    private static final int PAUSE_FACTOR = 8;

    private long credit;
    private long pausedUntil;

    LookAccount(long now) {
        pausedUntil = now;
    }

    boolean allows(long now) {
        return now - pausedUntil >= 0;
    }

    void hasPaid() {
        credit = Math.min(MOST, credit + WORTH);
    }

    void wasInVain(long spent, long now) {
        credit -= spent;
        if (credit < 0) {
            pausedUntil = now - PAUSE_FACTOR * credit;
            credit = 0;
        }
    }
}
