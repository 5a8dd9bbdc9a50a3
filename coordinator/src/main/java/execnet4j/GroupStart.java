package execnet4j;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GroupStartException;
import execnet4j.spec.GatewaySpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Starts the gateways of a group side by side, so many at once. */
final class GroupStart {
    private static final long STOP_SECONDS = 5;

    /** Once one has failed: as long as ssh itself tries to connect if nobody says how long, and some. */
    private static final Duration FOR_OTHERS = Duration.ofSeconds(11);

    private GroupStart() {}

    /** How long all of them together may take, or each the usual time. */
    record Patience(@Nullable Deadline all) {
        /** For each what it gets if nobody says how long. */
        static final Patience USUAL = new Patience(null);

        static Patience in(Duration timeout) {
            return new Patience(Deadline.in(timeout));
        }

        private Duration toStart(GatewaySpec spec) {
            return all == null ? UsualStart.of(spec) : all.remaining();
        }

        private Duration toEnd() {
            return all == null ? UsualStart.TIME : all.remaining();
        }
    }

    /**
     * All of them, or an exception and none. After the first that does not start no other is begun; those under way have
     * eleven seconds more to fail, too, so that the exception has all that is wrong.
     */
    static void all(Group group, List<String> specs, int atOnce, Patience patience) {
        List<GatewaySpec> wanted = wanted(group, specs);
        Map<String, RuntimeException> failures = start(group, wanted, atOnce, patience, true);
        if (!failures.isEmpty()) {
            int started = group.size();
            group.close(patience.toEnd());
            throw new GroupStartException(started, wanted.size() - started - failures.size(), failures);
        }
    }

    /** Those that start. */
    static void available(Group group, List<String> specs, int atOnce, Patience patience) {
        group.startFailures(start(group, wanted(group, specs), atOnce, patience, false));
    }

    private static List<GatewaySpec> wanted(Group group, List<String> specs) {
        List<GatewaySpec> wanted = group.allocateIds(specs.stream()
                .flatMap(spec -> GatewaySpec.expand(spec).stream())
                .toList());
        ViaOrder.requireHosts(wanted, group);
        return wanted;
    }

    /** By gateway id, why it did not start; without those whose starts were stopped because of another's failure. */
    private static Map<String, RuntimeException> start(
            Group group, List<GatewaySpec> wanted, int atOnce, Patience patience, boolean untilOneFails) {
        ExecutorService starters = Executors.newFixedThreadPool(atOnce, DaemonThreads::poolThread);
        CompletionService<Gateway> starts = new ExecutorCompletionService<>(starters);
        AtomicBoolean oneFailed = new AtomicBoolean();
        try {
            Map<String, Future<Gateway>> starting = new HashMap<>();
            // One that goes through another waits for it, in a thread that came after that one's.
            for (GatewaySpec spec : ViaOrder.hostsFirst(wanted)) {
                Future<Gateway> host = spec.via().map(starting::get).orElse(null);
                starting.put(spec.id().orElseThrow(), starts.submit(() -> {
                    awaitHost(spec, host);
                    if (oneFailed.get()) {
                        throw new CancellationException();
                    }
                    try {
                        return group.makeGateway(spec, patience.toStart(spec));
                    } catch (RuntimeException e) {
                        // Here, as the next one begins in this thread.
                        oneFailed.set(untilOneFails);
                        throw e;
                    }
                }));
            }
            Deadline deadline = Deadline.NEVER;
            for (int ended = 0; ended < wanted.size() && !deadline.hasPassed(); ended++) {
                Future<Gateway> start = starts.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
                if (start != null && failure(start) != null && untilOneFails) {
                    deadline = deadline.orSooner(FOR_OTHERS);
                }
            }
            if (untilOneFails) {
                starters.shutdownNow();
                boolean unused = starters.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
            return failures(wanted, starting);
        } catch (InterruptedException e) {
            throw interrupted(group, starters, e);
        } finally {
            starters.shutdown();
            group.members().sort(wanted);
        }
    }

    private static Map<String, RuntimeException> failures(
            List<GatewaySpec> wanted, Map<String, Future<Gateway>> starting) throws InterruptedException {
        Map<String, RuntimeException> failures = new LinkedHashMap<>();
        for (GatewaySpec spec : wanted) {
            String id = spec.id().orElseThrow();
            Future<Gateway> start = Objects.requireNonNull(starting.get(id));
            // What was stopped before it began is never done, or cancelled; what was under way was interrupted.
            RuntimeException failure = start.isDone() ? failure(start) : null;
            if (failure != null
                    && !(failure instanceof ChannelInterruptedException)
                    && !(failure instanceof CancellationException)) {
                failures.put(id, failure);
            }
        }
        return failures;
    }

    private static void awaitHost(GatewaySpec spec, @Nullable Future<Gateway> host) {
        try {
            RuntimeException failure = host == null ? null : failure(host);
            if (failure instanceof CancellationException || failure instanceof ChannelInterruptedException) {
                throw failure;
            }
            if (failure != null) {
                throw new ExecnetException(
                        "gateway " + spec.id().orElseThrow() + " (" + spec + ") did not start: gateway "
                                + spec.via().orElseThrow() + ", which it is to go through, did not",
                        failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException("interrupted while waiting for the gateway to go through", e);
        }
    }

    private static @Nullable RuntimeException failure(Future<Gateway> start) throws InterruptedException {
        try {
            start.get();
            return null;
        } catch (ExecutionException e) {
            return asRuntime(e.getCause());
        }
    }

    /** Ends what runs and what is just starting, and gives what says so. */
    private static ChannelInterruptedException interrupted(
            Group group, ExecutorService starters, InterruptedException cause) {
        starters.shutdownNow();
        boolean late = false;
        try {
            late = !starters.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            late = true;
        }
        group.close(Duration.ZERO);
        Thread.currentThread().interrupt();
        return new ChannelInterruptedException(
                "interrupted while the group was starting" + (late ? "; some starts may still be ending" : ""), cause);
    }

    private static RuntimeException asRuntime(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known
                ? known
                : new ExecnetException("starting failed: " + cause, cause);
    }
}
