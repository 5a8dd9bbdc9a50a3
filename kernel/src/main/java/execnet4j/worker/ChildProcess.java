package execnet4j.worker;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The end of a process that was started with a session of its own, where that could be had. */
public final class ChildProcess {
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
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -9 \"-$1\"", "sh", Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.getOutputStream().close();
            if (!kill.waitFor(KILL_MILLIS, TimeUnit.MILLISECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            // There was nothing to start a shell with: the descendants that could be found have been killed one by one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
