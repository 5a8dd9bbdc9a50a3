package execnet4j;

import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is in the place of one lost gateway. One thread starts it; who comes meanwhile waits for it and gets the same. If the
 * start fails, the one whose start it was is told; of the others one starts anew, with what is left of its own time.
 */
final class Replacement {
    private final AtomicReference<@Nullable CompletableFuture<@Nullable Gateway>> started = new AtomicReference<>();

    /**
     * The one there is, or a new one.
     *
     * @param start gets how long it may take
     * @throws ChannelTimeoutException if another's start took longer than this caller waits
     * @throws ChannelInterruptedException if this caller is interrupted
     */
    Gateway get(Function<Duration, Gateway> start, Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        while (true) {
            CompletableFuture<@Nullable Gateway> mine = new CompletableFuture<>();
            CompletableFuture<@Nullable Gateway> earlier = started.compareAndExchange(null, mine);
            if (earlier == null) {
                return start(start, deadline, mine);
            }
            Gateway gateway = await(earlier, deadline);
            if (gateway != null) {
                return gateway;
            }
        }
    }

    /** Completes with null, for who waits, if it fails. */
    private Gateway start(
            Function<Duration, Gateway> start, Deadline deadline, CompletableFuture<@Nullable Gateway> mine) {
        Gateway gateway = null;
        try {
            gateway = start.apply(deadline.remaining());
            return gateway;
        } finally {
            if (gateway == null) {
                started.set(null);
            }
            mine.complete(gateway);
        }
    }

    private static @Nullable Gateway await(CompletableFuture<@Nullable Gateway> start, Deadline deadline) {
        try {
            return start.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ChannelTimeoutException(
                    "timed out while another thread was starting a worker in the place of a lost one");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException(
                    "interrupted while a worker was starting in the place of a lost one", e);
        }
    }
}
