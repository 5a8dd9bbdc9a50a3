package execnet4j.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Standard error, shared by whole lines and, on a terminal, one progress bar that stays below them. Safe for any number of
 * threads.
 */
final class Console {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private static final long LAST_LINE_MILLIS = 500;

    private final PrintStream out;
    private final int columns;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private String bar = "";

    @GuardedBy("lock")
    private boolean barEnded;

    /** For {@code columns} 0 the stream is no terminal, and gets no bar. */
    Console(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** The process's own standard error; the launcher says in a property how wide a terminal it is, 0 for none. */
    static Console ofProcess() {
        int columns = Integer.getInteger("execnet4j.columns", 0);
        return new Console(System.err, columns <= 0 ? 0 : Math.max(columns, 20));
    }

    /** The width of the terminal, or 0 if there is none. */
    int columns() {
        return columns;
    }

    /** Writes a line, above the bar if there is one. */
    void line(String text) {
        lock.lock();
        try {
            if (bar.isEmpty()) {
                out.println(text);
            } else {
                out.print(CLEAR_LINE + text + System.lineSeparator() + bar);
            }
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the bar away and writes a last line. Waits for nobody: who holds the terminal may wait for ever for a reader of
     * standard output.
     */
    void lastLine(String text) {
        boolean locked = false;
        try {
            locked = lock.tryLock(LAST_LINE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            out.println((columns == 0 ? "" : CLEAR_LINE) + text);
            out.flush();
            if (locked) {
                bar = "";
                barEnded = true;
            }
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    /** Writes to standard output, which may be the same terminal: the bar steps aside for it. */
    void withoutBar(Output output) throws IOException {
        lock.lock();
        try {
            if (!bar.isEmpty()) {
                out.print(CLEAR_LINE);
                out.flush();
            }
            output.write();
            if (!bar.isEmpty()) {
                out.print(bar);
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes something. */
    interface Output {
        void write() throws IOException;
    }

    /** Replaces the bar, unless it has ended. */
    void bar(String text) {
        lock.lock();
        try {
            if (!barEnded) {
                bar = text;
                out.print(CLEAR_LINE + text);
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the bar away for good. */
    void endBar() {
        lock.lock();
        try {
            bar("");
            barEnded = true;
        } finally {
            lock.unlock();
        }
    }
}
