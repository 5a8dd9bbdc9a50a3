package execnet4j.bench.ours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of processes and heaps. */
final class ProcessMemory {
    private static final int GCS = 3;

    private ProcessMemory() {}

    /** Megabytes of a process that are nobody else's; Linux says. */
    static double own(long pid) throws IOException {
        return megabytes(pid, "Private_Clean:") + megabytes(pid, "Private_Dirty:");
    }

    /** Megabytes of a process that are in memory, those that it shares too. */
    static double resident(long pid) throws IOException {
        return megabytes(pid, "Rss:");
    }

    private static double megabytes(long pid, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith(key)) {
                return Long.parseLong(
                                line.substring(key.length()).replace("kB", "").strip())
                        / 1024.0;
            }
        }
        throw new IOException("the system does not say " + key + " of process " + pid);
    }

    /** Bytes that this JVM's objects take. */
    static long heap() {
        for (int i = 0; i < GCS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
