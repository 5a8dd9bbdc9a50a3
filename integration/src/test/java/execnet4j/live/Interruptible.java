package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.error.ChannelInterruptedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** Calls that wait for something that does not come, until they are interrupted. */
final class Interruptible {
    private Interruptible() {}

    /** Checks that an interrupt ends a call, with the exception for it and the thread's flag set. */
    static void check(Runnable call) throws InterruptedException {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                call.run();
                thrown.complete(new AssertionError("returned"));
            } catch (Throwable e) {
                flag.complete(Thread.currentThread().isInterrupted());
                thrown.complete(e);
            }
        });
        thread.start();
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> isWaiting(thread));
        thread.interrupt();
        thread.join(20_000);
        assertThat(thrown).isCompletedWithValueMatching(e -> e instanceof ChannelInterruptedException);
        assertThat(flag).isCompletedWithValue(true);
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }
}
