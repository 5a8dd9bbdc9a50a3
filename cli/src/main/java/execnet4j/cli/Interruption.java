package execnet4j.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * While it is open, Ctrl-C or another signal that ends this process is answered by some work of ours, once, beside what else
 * is done at a process's end. The exit status stays the signal's own: 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread hook;

    Interruption(Runnable answer) {
        hook = new Thread(
                () -> {
                    begun.set(true);
                    answer.run();
                },
                "execnet4j-interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether this process is ending already: what fails now fails for that. */
    boolean hasBegun() {
        return begun.get();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            begun.set(true);
        }
    }
}
