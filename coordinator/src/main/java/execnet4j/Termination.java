package execnet4j;

import execnet4j.TerminationReport.Outcome;
import execnet4j.bootstrap.LiveWorker;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.protocol.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The end of workers that were asked to end: one deadline for all of them, then the rest is killed, side by side, on
 * threads that nobody waits for without limit. A kill that blocks holds up neither the caller nor the other kills.
 */
final class Termination {
    private static final Duration FOR_KILLS = Duration.ofMillis(1_400);
    private static final Duration FOR_CHANNELS = Duration.ofMillis(400);

    private Termination() {}

    /** Waits for their ends, kills whoever is late, and tells how each ended. */
    static TerminationReport of(List<Gateway> gateways, Duration timeout) {
        List<LiveWorker> workers = gateways.stream().map(Gateway::worker).toList();
        List<LiveWorker> late;
        try {
            allDone(workers, worker -> worker.transport().exit(), timeout);
            late = running(workers);
            late.forEach(worker -> DaemonThreads.pool().execute(worker.transport()::kill));
            allDone(late, worker -> worker.transport().exit(), FOR_KILLS);
            allDone(workers, worker -> worker.connection().ended(), FOR_CHANNELS);
        } catch (InterruptedException e) {
            running(workers).forEach(worker -> DaemonThreads.pool().execute(worker.transport()::kill));
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted while workers were ending; the rest is being killed", e);
        }
        List<LiveWorker> killed = late;
        return new TerminationReport(gateways.stream()
                .map(gateway -> report(gateway, killed.contains(gateway.worker())))
                .toList());
    }

    /** Waits for the end of one worker and its channels; false if that took longer. */
    static boolean await(LiveWorker worker, Duration timeout) {
        try {
            return allDone(
                    List.of(worker),
                    each -> CompletableFuture.allOf(
                            each.transport().exit(), each.connection().ended()),
                    timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted in join", e);
        }
    }

    private static boolean allDone(
            List<LiveWorker> workers, Function<LiveWorker, CompletableFuture<?>> what, Duration timeout)
            throws InterruptedException {
        CompletableFuture<?>[] all = workers.stream().map(what).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(Math.max(0, Deadline.in(timeout).remainingNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<LiveWorker> running(List<LiveWorker> workers) {
        return workers.stream()
                .filter(worker -> !worker.transport().exit().isDone())
                .toList();
    }

    private static TerminationReport.Worker report(Gateway gateway, boolean killed) {
        @Nullable Integer status = gateway.worker().transport().exit().getNow(null);
        return new TerminationReport.Worker(
                gateway.id(),
                outcome(gateway, status, killed),
                status == null ? OptionalInt.empty() : OptionalInt.of(status));
    }

    private static Outcome outcome(Gateway gateway, @Nullable Integer status, boolean killed) {
        if (status == null) {
            return Outcome.UNREACHABLE;
        }
        if (killed || status == ExitStatus.HALTED) {
            return Outcome.KILLED;
        }
        if (gateway.wasDeadBeforeExit()) {
            return Outcome.DIED;
        }
        return switch (status) {
            case 0 -> Outcome.GRACEFUL;
            case ExitStatus.INTERRUPTED -> Outcome.INTERRUPTED;
            default -> Outcome.DIED;
        };
    }
}
