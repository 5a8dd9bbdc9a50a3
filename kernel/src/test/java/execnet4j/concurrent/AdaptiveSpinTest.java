package execnet4j.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdaptiveSpinTest {
    private final AdaptiveSpin spin = new AdaptiveSpin();

    @Test
    void looks() {
        // Not necessarily at once: a machine that is busy just then makes it a look in vain.
        await().until(this::look);
    }

    @Test
    void doesNotLookForEver() {
        assertThat(looksInVain()).isLessThan(TimeUnit.SECONDS.toNanos(30));
    }

    @Test
    void doesNotLookSoonAfterALookInVain() {
        long lost = looksInVain();
        long end = System.nanoTime();

        boolean looked = look();

        assertThat(looked && System.nanoTime() - end < lost).isFalse();
    }

    @Test
    void looksAgainLater() {
        looksInVain();

        await().until(this::look);
    }

    @Test
    void knowsVirtualThreads() throws InterruptedException {
        CompletableFuture<Boolean> virtual = new CompletableFuture<>();
        onAVirtualThread(() -> virtual.complete(VirtualThreads.isCurrent()));

        assertThat(virtual).isCompletedWithValue(VirtualThreads.exist());
        assertThat(VirtualThreads.isCurrent()).isFalse();
    }

    @Test
    void looksOnAVirtualThreadIfThereIsAnotherProcessor() throws InterruptedException {
        CompletableFuture<Boolean> looked = new CompletableFuture<>();
        onAVirtualThread(() -> {
            Deadline end = Deadline.in(Duration.ofSeconds(10));
            boolean yes = look();
            while (!yes && !end.hasPassed()) {
                yes = look();
            }
            looked.complete(yes);
        });

        boolean alone = Runtime.getRuntime().availableProcessors() == 1;
        assertThat(looked).isCompletedWithValue(!VirtualThreads.exist() || !alone);
    }

    /** A platform thread where there are none. */
    private static void onAVirtualThread(Runnable run) throws InterruptedException {
        Thread thread = VirtualThreads.exist() ? VirtualThreads.start(run) : new Thread(run);
        if (!VirtualThreads.exist()) {
            thread.start();
        }
        thread.join();
    }

    private boolean look() {
        spin.begin();
        boolean looked = spin.looksAgain();
        spin.end();
        return looked;
    }

    /** Until it gives up; how long that took. */
    private long looksInVain() {
        await().until(() -> {
            spin.begin();
            return spin.looksAgain();
        });
        long began = System.nanoTime();
        while (spin.looksAgain()) {
            Thread.onSpinWait();
        }
        return System.nanoTime() - began;
    }
}
