package execnet4j.bootstrap;

import java.io.IOException;
import java.time.Duration;

/** Kills a worker elsewhere and all that is left of its session, by a second shell there. */
final class FarKill {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private FarKill() {}

    /** Whether it was killed; if not, the way to it is gone, or it is. */
    static boolean of(FarShell shell, FarTalk talk) {
        String worker = talk.worker();
        if (worker.isEmpty()) {
            return false;
        }
        try {
            return shell.runs(program(worker, talk.mark()), PATIENCE);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The same command can lead to another place the next time, as a scheduler's does, and a number be another process's: so
     * it has to be the one that has the mark in its environment. Its descendants may have groups and sessions of their own;
     * they are looked up before it is killed, as they lose their parents with it.
     */
    private static String program(String worker, String mark) {
        return """
                grep -q MARK /proc/WORKER/environ 2>/dev/null || exit 1
                below() { for each in $(pgrep -P "$1" 2>/dev/null); do echo "$each"; below "$each"; done; }
                rest=$(below WORKER)
                pkill -9 -s WORKER >/dev/null 2>&1
                kill -9 -WORKER 2>/dev/null || kill -9 WORKER 2>/dev/null
                [ -z "$rest" ] || kill -9 $rest 2>/dev/null
                exit 0
                """.replace("MARK", mark).replace("WORKER", worker);
    }
}
