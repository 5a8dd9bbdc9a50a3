package execnet4j.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Processes by their ids. */
public final class Processes {
    private Processes() {}

    /** Sends a signal, such as {@code STOP}, with the system's own kill. */
    public static void signal(String name, long pid) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("kill -" + name + " " + pid + ": exit " + status);
        }
    }

    /**
     * A command that heeds Ctrl-C. A shell starts what runs in the background with SIGINT ignored, and a JVM keeps to that;
     * so may this one have been.
     */
    public static List<String> heedingCtrlC(List<String> command) {
        return Stream.concat(Stream.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV"), command.stream())
                .toList();
    }

    /** Whether it has ended; a zombie whose parent is in no hurry has. */
    public static boolean isGone(long pid) {
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return true;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
        }
    }

    /** Waits until all of them have ended. */
    public static void awaitGone(Duration atMost, Collection<Long> pids) {
        Awaitility.await("all of " + pids + " are gone")
                .atMost(atMost)
                .until(() -> pids.stream().allMatch(Processes::isGone));
    }

    /** Waits until all of them have ended. */
    public static void awaitGone(Duration atMost, long... pids) {
        awaitGone(atMost, Arrays.stream(pids).boxed().toList());
    }

    /** Kills, at the end of a test that failed, whatever of these still runs. */
    public static void killLeft(List<Long> pids) {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }
}
