package execnet4j.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookAccountTest {
    private static final long SPENT = 50_000;

    private long now = Long.MAX_VALUE - 1_000_000;
    private final LookAccount account = new LookAccount(now);

    @Test
    void whatHasPaidIsSpentFirst() {
        account.hasPaid();
        account.hasPaid();
        lookInVain();
        assertThat(account.allows(now)).isTrue();
        lookInVain();
        assertThat(account.allows(now)).isFalse();
    }

    @Test
    void everyLookInVainIsFollowedByAPauseOfEightTimesItsTime() {
        for (int i = 0; i < 5; i++) {
            lookInVain();
            assertThat(pause()).isEqualTo(8 * SPENT);
        }
    }

    @Test
    void aLookThatCostsATimeSliceIsPaidForAtOnce() {
        account.wasInVain(20_000_000, now);
        assertThat(pause()).isEqualTo(160_000_000);
    }

    private void lookInVain() {
        now += SPENT;
        account.wasInVain(SPENT, now);
    }

    /** Goes on to its end; how long it was. */
    private long pause() {
        long shortest = 0;
        long longest = 1_000_000_000;
        while (shortest < longest) {
            long middle = (shortest + longest) / 2;
            if (account.allows(now + middle)) {
                longest = middle;
            } else {
                shortest = middle + 1;
            }
        }
        now += longest;
        return longest;
    }
}
