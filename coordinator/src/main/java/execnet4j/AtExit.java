package execnet4j;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends what gateways there still are when this process ends: by itself, by System.exit or by a signal such as Ctrl-C. */
final class AtExit {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Set<Group> GROUPS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::endAll, "execnet4j-at-exit"));
    }

    private AtExit() {}

    /**
     * Remembers a group that is about to have a member.
     *
     * @throws IllegalStateException if this process is ending already
     */
    static void watch(Group group) {
        GROUPS.add(group);
    }

    /** Forgets a group that has no member any more. */
    static void forget(Group group) {
        GROUPS.remove(group);
    }

    private static void endAll() {
        List<Thread> ending = GROUPS.stream()
                .map(group -> new Thread(() -> group.terminate(GRACE), "execnet4j-at-exit-group"))
                .toList();
        ending.forEach(Thread::start);
        for (Thread each : ending) {
            try {
                each.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
