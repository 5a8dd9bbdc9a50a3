package execnet4j.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of a process that was started with a session of its own, where that could be had. */
public final class ChildProcess {
    /** Of the processes that are named those that lead a session, with that. */
    private static final String SESSIONS = "pkill -9 -s \"$(IFS=,; echo \"$*\")\"";

    private static final String GROUPS = "for each; do kill -9 \"-$each\"; done";

    /** What the shell's kill may take before it is given up. */
    private static final long KILL_MILLIS = 1_000;

    private static final long FOR_ITS_LAST_WORDS_MILLIS = 200;

    private ChildProcess() {}

    /**
     * Kills a process, its descendants and what is in its group and its session. May block where the system does.
     *
     * @param process one that has not been waited for
     */
    public static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        killGroup(process);
    }

    /**
     * Kills a process as {@link #kill} does, but what leads sessions or groups below it goes first: a shell then tells how
     * that ended, and clears up. May block where the system does.
     *
     * @param process one that has not been waited for
     */
    public static void killFromBelow(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        try {
            if (killLed(descendants) && process.waitFor(FOR_ITS_LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        killGroup(process);
    }

    /**
     * Ends what a process left in its group and its session. These have its number if it leads them; else there are none.
     *
     * @param process running, and then it ends, too, if it leads them; or not
     */
    public static void killGroup(Process process) {
        boolean unused = killLed(List.of(process.toHandle()));
    }

    /**
     * Kills those of some processes that lead a session or a group, and all that is in these. Where it can be without a
     * shell: workers that compute leave little time for another program, and are to be killed for just that. False if there
     * was none.
     */
    static boolean killLed(List<ProcessHandle> processes) {
        if (SessionProcesses.canBeTold()) {
            return SessionProcesses.killLed(processes);
        }
        if (!processes.isEmpty()) {
            run(SESSIONS + "; " + GROUPS, processes);
        }
        return !processes.isEmpty();
    }

    private static void run(String script, List<ProcessHandle> processes) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        processes.forEach(each -> words.add(Long.toString(each.pid())));
        try {
            Process kill = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.getOutputStream().close();
            if (!kill.waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            // There was nothing to start a shell with: the processes that could be found are killed one by one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
