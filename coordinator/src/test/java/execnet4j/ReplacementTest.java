package execnet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import execnet4j.StockServer.Answer;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReplacementTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Replacement replacement = new Replacement();
    private final CountDownLatch starting = new CountDownLatch(1);
    private final CompletableFuture<Gateway> first = new CompletableFuture<>();
    private final Thread starter = DaemonThreads.start("starter", this::startForEver);

    private void startForEver() {
        try {
            first.complete(replacement.get(
                    left -> {
                        starting.countDown();
                        return awaitInterrupt();
                    },
                    LONG));
        } catch (ChannelInterruptedException e) {
            first.completeExceptionally(e);
        }
    }

    private static Gateway awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
            throw new IllegalStateException("nobody counts down");
        } catch (InterruptedException e) {
            throw new ChannelInterruptedException("the first was interrupted", e);
        }
    }

    @Test
    void anothersStartIsAwaitedNoLongerThanOnesOwnTime() throws Exception {
        starting.await();

        assertThatThrownBy(() -> replacement.get(left -> awaitInterrupt(), Duration.ofMillis(100)))
                .isInstanceOf(ChannelTimeoutException.class);

        starter.interrupt();
    }

    @Test
    void whoWaitsStartsAnewIfTheFirstIsInterrupted() throws Exception {
        starting.await();
        try (StockServer server = new StockServer(Answer.FACTS);
                Group group = Group.builder().build()) {
            Gateway gateway = group.makeGateway(server.spec(), LONG);
            AtomicReference<Duration> left = new AtomicReference<>();
            CompletableFuture<Gateway> second = new CompletableFuture<>();
            Thread waiter = DaemonThreads.start(
                    "waiter",
                    () -> second.complete(replacement.get(
                            each -> {
                                left.set(each);
                                return gateway;
                            },
                            LONG)));
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);

            starter.interrupt();

            assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(gateway);
            assertThat(left.get()).isLessThan(LONG);
            assertThat(replacement.get(each -> awaitInterrupt(), LONG)).isSameAs(gateway);
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ChannelInterruptedException.class);
        }
    }
}
