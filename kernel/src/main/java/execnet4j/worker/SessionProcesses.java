package execnet4j.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that this worker started, directly or not: they end with it. Those whose parents live are found as
 * descendants everywhere; those whose parents are gone only where there is {@code /proc} (Linux) and the launcher gave
 * the worker a session of its own ({@code setsid}).
 */
final class SessionProcesses {
    private static final Path PROC = Path.of("/proc");
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
        try (Stream<Path> entries = Files.list(PROC)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::parseLong)
                    .filter(pid -> pid != session && session(pid) == session)
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The session of a process, or -1 if it cannot be told. */
    private static long session(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[SESSION_FIELD]);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }
}
