package execnet4j;

import execnet4j.error.ChannelInterruptedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is in the place of one lost gateway. One thread starts it; who comes meanwhile waits for it and gets the same. */
final class Replacement {
    private final AtomicReference<@Nullable CompletableFuture<Gateway>> started = new AtomicReference<>();

    /** The one there is, or a new one; if starting it fails everybody who waits is told, and who comes later tries again. */
    Gateway get(Supplier<Gateway> start) {
        CompletableFuture<Gateway> mine = new CompletableFuture<>();
        CompletableFuture<Gateway> earlier = started.compareAndExchange(null, mine);
        if (earlier != null) {
            return await(earlier);
        }
        try {
            Gateway gateway = start.get();
            mine.complete(gateway);
            return gateway;
        } catch (RuntimeException | Error e) {
            started.set(null);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private static Gateway await(CompletableFuture<Gateway> start) {
        try {
            return start.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("starting a worker in the place of a lost one failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException(
                    "interrupted while a worker was starting in the place of a lost one", e);
        }
    }
}
