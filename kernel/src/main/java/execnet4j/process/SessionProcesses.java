package execnet4j.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes that somebody started, directly or not. Those whose parents live are found as descendants everywhere; those
 * whose parents are gone only where there is {@code /proc} (Linux, not macOS) and who started them leads a session
 * ({@code setsid}), or a group.
 */
public final class SessionProcesses {
    /** As a File: a Path needs the working directory, which may have been deleted by the time that this is used. */
    private static final File PROC = new File("/proc");

    /** Fields of /proc/PID/stat after the program's name, from proc(5): state, ppid, pgrp, session. */
    private static final int GROUP_FIELD = 2;

    private static final int SESSION_FIELD = 3;

    /** What forks faster than this is killed cannot be ended from outside its own machine's kernel. */
    private static final int MOST_ROUNDS = 100;

    private SessionProcesses() {}

    /** Kills what this process started, and the rest of the session if it leads one. */
    public static void killOwn() {
        ProcessHandle self = ProcessHandle.current();
        String[] stat = stat(self.pid());
        boolean leads = stat.length > SESSION_FIELD && is(stat[SESSION_FIELD], self.pid());
        killAll(self, leads ? Set.of(self.pid()) : Set.of());
    }

    static boolean canBeTold() {
        return stat(ProcessHandle.current().pid()).length > SESSION_FIELD;
    }

    /**
     * Kills those of some processes that lead a session or a group, and then what else is in these, also of leaders that are
     * gone. False if no leader was there.
     */
    static boolean killLed(List<ProcessHandle> processes) {
        Set<Long> leaders = new HashSet<>();
        boolean some = false;
        for (ProcessHandle each : processes) {
            String[] stat = stat(each.pid());
            if (stat.length <= SESSION_FIELD) {
                leaders.add(each.pid());
            } else if (is(stat[GROUP_FIELD], each.pid()) || is(stat[SESSION_FIELD], each.pid())) {
                leaders.add(each.pid());
                some = true;
                each.destroyForcibly();
            }
        }
        killAll(null, leaders);
        return some;
    }

    /** Kills what there is, looks again for what was started meanwhile, and so on until there is nothing new. */
    private static void killAll(@Nullable ProcessHandle ancestor, Set<Long> leaders) {
        Set<ProcessHandle> killed = new HashSet<>();
        boolean found = true;
        for (int round = 0; found && round < MOST_ROUNDS; round++) {
            found = false;
            for (ProcessHandle each : all(ancestor, leaders)) {
                if (killed.add(each)) {
                    found = true;
                    each.destroyForcibly();
                }
            }
        }
    }

    /** Plain loops: this may have to do with what little memory a worker kept back for it. */
    private static List<ProcessHandle> all(@Nullable ProcessHandle ancestor, Set<Long> leaders) {
        List<ProcessHandle> all = new ArrayList<>();
        if (ancestor != null) {
            all.addAll(ancestor.descendants().toList());
        }
        String[] entries = leaders.isEmpty() ? null : PROC.list();
        if (entries == null) {
            return all;
        }
        for (String entry : entries) {
            long pid = pid(entry);
            if (pid > 0 && !leaders.contains(pid) && isLed(stat(pid), leaders)) {
                ProcessHandle found = ProcessHandle.of(pid).orElse(null);
                if (found != null) {
                    all.add(found);
                }
            }
        }
        return all;
    }

    private static boolean isLed(String[] stat, Set<Long> leaders) {
        return stat.length > SESSION_FIELD
                && (leaders.contains(pid(stat[SESSION_FIELD])) || leaders.contains(pid(stat[GROUP_FIELD])));
    }

    private static boolean is(String field, long pid) {
        return pid(field) == pid;
    }

    /** The process that an entry of /proc, or a field of its stat, is about; -1 if it is about something else. */
    private static long pid(String entry) {
        char first = entry.isEmpty() ? '0' : entry.charAt(0);
        if (first < '1' || first > '9') {
            return -1;
        }
        try {
            return Long.parseLong(entry);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The fields after the program's name; empty if they cannot be told. */
    private static String[] stat(long pid) {
        try (InputStream in = new FileInputStream(new File(PROC, pid + "/stat"))) {
            String stat = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", SESSION_FIELD + 2);
        } catch (IOException | RuntimeException e) {
            return new String[0];
        }
    }
}
