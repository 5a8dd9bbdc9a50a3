package execnet4j.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void zeroAndLessHavePassed() {
        for (Duration each : new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE)}) {
            Deadline deadline = Deadline.in(each);
            assertThat(deadline.hasPassed()).isTrue();
            assertThat(deadline.remainingNanos()).isLessThanOrEqualTo(0);
            assertThat(deadline.remaining()).isZero();
        }
    }

    @Test
    void whatIsFarAwayDoesNotOverflow() {
        for (Duration each : new Duration[] {
            Duration.ofDays(36_500), Duration.ofDays(36_501), Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)
        }) {
            Deadline deadline = Deadline.in(each);
            assertThat(deadline.hasPassed()).isFalse();
            assertThat(deadline.remaining()).isGreaterThan(Duration.ofDays(36_499));
        }
    }

    @Test
    void neverIsNever() {
        assertThat(Deadline.NEVER.hasPassed()).isFalse();
        assertThat(Deadline.NEVER.remainingNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsDown() {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        assertThat(deadline.remaining()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        Deadline soon = Deadline.in(Duration.ofNanos(1));
        while (!soon.hasPassed()) {
            Thread.onSpinWait();
        }
        assertThat(soon.remaining()).isZero();
    }

    @Test
    void awaitsWhatComesInTime() {
        assertThat(Deadline.NEVER.awaits(CompletableFuture.completedFuture(1))).isTrue();
        assertThat(Deadline.in(Duration.ZERO).awaits(new CompletableFuture<>())).isFalse();
        assertThatThrownBy(() -> Deadline.NEVER.awaits(CompletableFuture.failedFuture(new IOException("no"))))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("no");
    }

    @Test
    void anInterruptEndsTheWaitAndStays() {
        Thread.currentThread().interrupt();

        assertThat(Deadline.NEVER.awaits(new CompletableFuture<>())).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
