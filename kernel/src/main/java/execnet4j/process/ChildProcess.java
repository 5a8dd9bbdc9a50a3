package execnet4j.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of a process that was started with a session of its own, where that could be had. */
public final class ChildProcess {
    /** Of the processes that are named those that lead a session, with that. */
    private static final String SESSIONS = "for each; do pkill -9 -s \"$each\"; done";

    private static final String GROUPS = "for each; do kill -9 \"-$each\"; done";

    /** What the shell's kill may take before it is given up. */
    private static final long KILL_MILLIS = 1_000;

    private ChildProcess() {}

    /**
     * Kills a process, its descendants and what is in its group. May block where the system does.
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
     * Ends what a process left in its group. The group's number is the process's if it leads a session; without that there
     * is no such group, and kill says so to nobody.
     *
     * @param process running or not
     */
    public static void killGroup(Process process) {
        run(GROUPS, List.of(process.toHandle()));
    }

    static void killSessions(List<ProcessHandle> leaders) {
        run(SESSIONS, leaders);
    }

    static void killSessionsAndGroups(List<ProcessHandle> leaders) {
        run(SESSIONS + "; " + GROUPS, leaders);
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
