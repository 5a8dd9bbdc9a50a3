package execnet4j.worker;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The processes that this worker started, directly or not: they end with it. Those whose parents live are found as
 * descendants everywhere; those whose parents are gone only where there is {@code /proc} (Linux, not macOS) and the
 * launcher gave the worker a session of its own ({@code setsid}).
 */
final class SessionProcesses {
    /** As a File: a Path needs the working directory, which may have been deleted by the time that this is used. */
    private static final File PROC = new File("/proc");

    /** Fields of /proc/PID/stat after the program's name, from proc(5): state, ppid, pgrp, session. */
    private static final int SESSION_FIELD = 3;

    /** What forks faster than this is killed cannot be ended from outside its own machine's kernel. */
    private static final int MOST_ROUNDS = 100;

    private SessionProcesses() {}

    /** Kills what there is, looks again for what was started meanwhile, and so on until there is nothing new. */
    static void killAll() {
        Set<ProcessHandle> killed = new HashSet<>();
        boolean found = true;
        for (int round = 0; found && round < MOST_ROUNDS; round++) {
            found = false;
            for (ProcessHandle each : all()) {
                if (killed.add(each)) {
                    found = true;
                    each.destroyForcibly();
                }
            }
        }
    }

    private static List<ProcessHandle> all() {
        ProcessHandle self = ProcessHandle.current();
        List<ProcessHandle> all = new ArrayList<>(self.descendants().toList());
        if (session(self.pid()) == self.pid()) {
            addOfSession(self.pid(), all);
        }
        return all;
    }

    /** Plain loops: this may have to do with what little memory the worker kept back for it. */
    private static void addOfSession(long session, List<ProcessHandle> all) {
        String[] entries = PROC.list();
        if (entries == null) {
            return;
        }
        for (String entry : entries) {
            long pid = pid(entry);
            if (pid > 0 && pid != session && session(pid) == session) {
                ProcessHandle found = ProcessHandle.of(pid).orElse(null);
                if (found != null) {
                    all.add(found);
                }
            }
        }
    }

    /** The process that an entry of /proc is about, or -1 if it is about something else. */
    private static long pid(String entry) {
        char first = entry.charAt(0);
        if (first < '1' || first > '9') {
            return -1;
        }
        try {
            return Long.parseLong(entry);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The session of a process, or -1 if it cannot be told. */
    private static long session(long pid) {
        try (InputStream in = new FileInputStream(new File(PROC, pid + "/stat"))) {
            String stat = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[SESSION_FIELD]);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }
}
