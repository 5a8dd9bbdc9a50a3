package execnet4j;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends what gateways there still are when this process ends: by itself, by System.exit or by a signal such as Ctrl-C. */
final class AtExit {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Set<Group> GROUPS = ConcurrentHashMap.newKeySet();
    private static final Set<Process> PROCESSES = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean ENDING = new AtomicBoolean();

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(AtExit::endAll, "execnet4j-at-exit"));
        } catch (IllegalStateException e) {
            // The first group is just used by another shutdown hook.
            ENDING.set(true);
        }
    }

    private AtExit() {}

    /**
     * Remembers a group that is about to have a member. Remembering it again does nothing.
     *
     * @throws IllegalStateException if this process is ending already
     */
    static void watch(Group group) {
        GROUPS.add(group);
        // Asked after the group was added: either this sees that the end has begun, or the end sees the group.
        if (ENDING.get()) {
            throw new IllegalStateException("no worker is started any more: this process is ending");
        }
    }

    /** Remembers a process that is of no use to anybody when this one ends. */
    static void watch(Process process) {
        PROCESSES.add(process);
        if (ENDING.get()) {
            process.destroyForcibly();
        }
    }

    /** Forgets a process that has ended. */
    static void forget(Process process) {
        PROCESSES.remove(process);
    }

    /** Whether this process is ending. */
    static boolean isEnding() {
        return ENDING.get();
    }

    /** Forgets a group that has no member any more, and none that is still ending. */
    static void forget(Group group) {
        GROUPS.remove(group);
    }

    private static void endAll() {
        ENDING.set(true);
        PROCESSES.forEach(Process::destroyForcibly);
        List<Thread> ending = GROUPS.stream()
                .map(group -> new Thread(
                        () -> group.terminate(group.endsAtOnceAtExit() ? Duration.ZERO : GRACE),
                        "execnet4j-at-exit-group"))
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
