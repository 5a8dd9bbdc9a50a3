package execnet4j.bootstrap;

import execnet4j.transport.LocalCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Kills a worker elsewhere and all that is left of its session, by a second shell there. */
final class FarKill {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private FarKill() {}

    /** Whether it was killed; if not, the way to it is gone, or it is. */
    static boolean of(FarShell shell, FarTalk talk) {
        String worker = talk.worker();
        if (worker.isEmpty()) {
            return false;
        }
        try {
            Process process = new ProcessBuilder(LocalCommand.inOwnSession(shell.command()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(program(worker, talk.mark()).getBytes(StandardCharsets.US_ASCII));
            }
            boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The same command can lead to another place the next time, as a scheduler's does, and a number be another process's: so
     * it has to be the one that has the mark in its environment. Its descendants may have groups of their own.
     */
    private static String program(String worker, String mark) {
        return "grep -q " + mark + " /proc/" + worker + "/environ 2>/dev/null || exit 1\n"
                + "pkill -9 -s " + worker + " >/dev/null 2>&1\n"
                + "kill -9 -" + worker + " 2>/dev/null || kill -9 " + worker + " 2>/dev/null\n"
                + "exit 0\n";
    }
}
