package execnet4j;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GroupStartException;
import execnet4j.spec.GatewaySpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the gateways of a group side by side, so many at once. */
final class GroupStart {
    private static final long STOP_SECONDS = 5;

    private GroupStart() {}

    /** How long each of them may take, and all of them together. */
    record Patience(Duration each, Deadline all) {
        /** All of them so long, and each no less. */
        static Patience in(Duration timeout) {
            return new Patience(timeout, Deadline.in(timeout));
        }

        private Duration next() {
            Duration left = all.remaining();
            return left.compareTo(each) < 0 ? left : each;
        }
    }

    /** All of them, or an exception and none. */
    static void all(Group group, List<String> specs, int atOnce, Patience patience) {
        Map<String, RuntimeException> failures = start(group, specs, atOnce, patience);
        if (!failures.isEmpty()) {
            int started = group.size();
            group.terminate(patience.next());
            group.close();
            throw new GroupStartException(started, failures);
        }
    }

    /** Those that start. */
    static void available(Group group, List<String> specs, int atOnce, Patience patience) {
        group.startFailures(start(group, specs, atOnce, patience));
    }

    /** By gateway id, why it did not start. */
    private static Map<String, RuntimeException> start(Group group, List<String> specs, int atOnce, Patience patience) {
        List<GatewaySpec> wanted = group.allocateIds(specs.stream()
                .flatMap(spec -> GatewaySpec.expand(spec).stream())
                .toList());
        ExecutorService starters = Executors.newFixedThreadPool(atOnce, DaemonThreads::poolThread);
        Map<String, RuntimeException> failures = new LinkedHashMap<>();
        try {
            List<Future<Gateway>> starting = wanted.stream()
                    .map(spec -> starters.submit(() -> group.makeGateway(spec, patience.next())))
                    .toList();
            for (int i = 0; i < wanted.size(); i++) {
                String id = wanted.get(i).id().orElseThrow();
                try {
                    starting.get(i).get();
                } catch (ExecutionException e) {
                    failures.put(id, asRuntime(e.getCause()));
                }
            }
        } catch (InterruptedException e) {
            interrupted(group, starters, e);
        } finally {
            starters.shutdown();
        }
        group.members().sort(wanted);
        return failures;
    }

    /** Ends what runs and what is just starting, then says so. */
    private static void interrupted(Group group, ExecutorService starters, InterruptedException cause) {
        starters.shutdownNow();
        boolean late = false;
        try {
            late = !starters.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            late = true;
        }
        group.terminate(Duration.ZERO);
        Thread.currentThread().interrupt();
        throw new ChannelInterruptedException(
                "interrupted while the group was starting" + (late ? "; some starts may still be ending" : ""), cause);
    }

    private static RuntimeException asRuntime(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known
                ? known
                : new ExecnetException("starting failed: " + cause, cause);
    }
}
