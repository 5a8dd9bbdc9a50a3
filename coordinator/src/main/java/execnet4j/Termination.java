package execnet4j;

import execnet4j.TerminationReport.Outcome;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.protocol.ExitStatus;
import execnet4j.transport.WorkerEnd;
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
        Deadline deadline = Deadline.in(timeout);
        try {
            allDone(gateways, Termination::exit, timeout);
            killLate(gateways);
            allDone(gateways, gateway -> gateway.worker().connection().ended(), atLeast(FOR_CHANNELS, deadline));
        } catch (InterruptedException e) {
            ViaOrder.leavesFirst(running(gateways)).forEach(Termination::kill);
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted while workers were ending; the rest is being killed", e);
        }
        return new TerminationReport(gateways.stream().map(Termination::report).toList());
    }

    /** Those that nobody goes through first, since a worker that is the way to others takes the way with it. */
    private static void killLate(List<Gateway> gateways) throws InterruptedException {
        Deadline deadline = Deadline.in(FOR_KILLS);
        List<List<Gateway>> rounds = ViaOrder.leavesFirst(running(gateways));
        for (int i = 0; i < rounds.size(); i++) {
            kill(rounds.get(i));
            allDone(rounds.get(i), Termination::exit, deadline.remaining().dividedBy(rounds.size() - i));
        }
        allDone(gateways, Termination::exit, deadline.remaining());
    }

    private static void kill(List<Gateway> gateways) {
        running(gateways).forEach(gateway -> DaemonThreads.pool().execute(gateway::kill));
    }

    /** What is left of the time, but never less than a program needs that has to be told. */
    private static Duration atLeast(Duration least, Deadline deadline) {
        Duration left = Duration.ofNanos(deadline.remainingNanos());
        return left.compareTo(least) < 0 ? least : left;
    }

    /** Waits for the end of one worker and its channels; false if that took longer. */
    static boolean await(Gateway gateway, Duration timeout) {
        try {
            return allDone(
                    List.of(gateway),
                    each -> CompletableFuture.allOf(
                            exit(each), each.worker().connection().ended()),
                    timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted in join", e);
        }
    }

    private static boolean allDone(
            List<Gateway> gateways, Function<Gateway, CompletableFuture<?>> what, Duration timeout)
            throws InterruptedException {
        CompletableFuture<?>[] all = gateways.stream().map(what).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(Math.max(0, Deadline.in(timeout).remainingNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompletableFuture<WorkerEnd> exit(Gateway gateway) {
        return gateway.worker().transport().exit();
    }

    private static List<Gateway> running(List<Gateway> gateways) {
        return gateways.stream().filter(gateway -> !gateway.isGone()).toList();
    }

    private static TerminationReport.Worker report(Gateway gateway) {
        WorkerEnd end = exit(gateway).getNow(null);
        return new TerminationReport.Worker(
                gateway.id(), outcome(gateway, end), end == null ? OptionalInt.empty() : end.status());
    }

    private static Outcome outcome(Gateway gateway, @Nullable WorkerEnd end) {
        if (end == null || !end.seen()) {
            return Outcome.UNREACHABLE;
        }
        if (end.status().isEmpty()) {
            return gateway.wasDeadBeforeExit() ? Outcome.DIED : Outcome.GRACEFUL;
        }
        int status = end.status().getAsInt();
        if (gateway.wasKilled() || status == ExitStatus.HALTED) {
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
