package execnet4j.foreign;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The niceness of this process. On Linux it is each thread's own, and new threads have that of the one that made them. */
final class Niceness {
    private static final File THREADS = new File("/proc/self/task");

    private Niceness() {}

    /** Adds to it, as nice(1) does. */
    static void add(int increment) throws IOException, InterruptedException {
        String pid = Long.toString(ProcessHandle.current().pid());
        int wanted = Integer.parseInt(run(List.of("ps", "-o", "nice=", "-p", pid))) + increment;
        Set<String> done = new HashSet<>();
        for (List<String> left = threads(pid, done); !left.isEmpty(); left = threads(pid, done)) {
            renice(wanted, left);
            done.addAll(left);
        }
    }

    private static List<String> threads(String pid, Set<String> done) {
        String[] threads = THREADS.list();
        return Stream.of(threads == null ? new String[] {pid} : threads)
                .filter(each -> !done.contains(each))
                .toList();
    }

    /** A thread that has ended meanwhile is no failure, and the process's first thread never has. */
    private static void renice(int wanted, List<String> threads) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("renice", Integer.toString(wanted), "-p"));
        command.addAll(threads);
        try {
            run(command);
        } catch (IOException e) {
            if (threads.stream().allMatch(each -> isThere(each))) {
                throw e;
            }
        }
    }

    private static boolean isThere(String thread) {
        return !THREADS.exists() || new File(THREADS, thread).exists();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output;
    }
}
