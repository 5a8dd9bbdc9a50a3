package execnet4j.process;

import execnet4j.link.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** A process that leads a session of its own where that can be had, with whatever it starts. */
public final class ServedProcess {
    private static final String OWN_SESSION =
            "if command -v setsid >/dev/null 2>&1; then exec setsid sh; else exec sh; fi";

    private final Process process;

    private ServedProcess(Process process) {
        this.process = process;
    }

    /**
     * A POSIX shell.
     *
     * @return running, without the token in its environment
     * @throws IOException if it cannot be started
     */
    public static ServedProcess shell() throws IOException {
        return start(List.of("/bin/sh", "-c", OWN_SESSION));
    }

    /**
     * A process of a command, which gets it a session of its own.
     *
     * @param command its words
     * @return running, without the token in its environment
     * @throws IOException if it cannot be started
     */
    public static ServedProcess start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove(Token.VARIABLE);
        builder.environment().remove(Token.FILE_VARIABLE);
        return new ServedProcess(builder.start());
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    InputStream output() {
        return process.getInputStream();
    }

    InputStream errors() {
        return process.getErrorStream();
    }

    /** Waits for its end, and ends what is left of its session. */
    int waitFor() {
        while (true) {
            try {
                int status = process.waitFor();
                ChildProcess.killGroup(process);
                return status;
            } catch (InterruptedException e) {
                // Nobody who knows this thread interrupts it, and its work is not done.
            }
        }
    }

    /**
     * Kills it if it runs. What it has started goes first: a shell then tells how that ended, and clears up. May block where
     * the system does.
     */
    public void kill() {
        if (process.isAlive()) {
            ChildProcess.killFromBelow(process);
        }
    }
}
