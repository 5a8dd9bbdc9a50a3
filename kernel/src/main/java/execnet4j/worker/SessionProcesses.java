package execnet4j.worker;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that this worker started, directly or not: they end with it. Those whose parents live are found as
 * descendants everywhere; those whose parents are gone only where there is {@code /proc} (Linux) and the launcher gave
 * the worker a session of its own ({@code setsid}).
 */
final class SessionProcesses {
    /** As a File: a Path needs the working directory, which may have been deleted by the time that this is used. */
    private static final File PROC = new File("/proc");

    /** Fields of /proc/PID/stat after the program's name, from proc(5): state, ppid, pgrp, session. */
    private static final int SESSION_FIELD = 3;

    private SessionProcesses() {}

    static void killAll() {
        ProcessHandle self = ProcessHandle.current();
        List<ProcessHandle> doomed = new ArrayList<>(self.descendants().toList());
        if (session(self.pid()) == self.pid()) {
            doomed.addAll(ofSession(self.pid()));
        }
        doomed.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> ofSession(long session) {
        String[] entries = PROC.list();
        return Stream.of(entries == null ? new String[0] : entries)
                .filter(name -> name.chars().allMatch(Character::isDigit))
                .map(Long::parseLong)
                .filter(pid -> pid != session && session(pid) == session)
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
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
