package execnet4j.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Below {@link System#out} or {@link System#err} of a worker: knows whose thread wrote last and whether that left its line
 * open, to end the line with the task. Otherwise the next task's text, or that of the other stream, would follow in it.
 */
final class TaskOutput extends OutputStream {
    private static final List<TaskOutput> BOTH = List.of(new TaskOutput(System.out), new TaskOutput(System.err));

    private final PrintStream out;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private long lastWriter;

    @GuardedBy("lock")
    private boolean open;

    TaskOutput(PrintStream out) {
        this.out = out;
    }

    /** Puts both below the streams of this process. */
    static void install() {
        System.setOut(BOTH.get(0).stream());
        System.setErr(BOTH.get(1).stream());
    }

    /** Ends the lines that the calling thread has left open. */
    static void endLines() {
        for (TaskOutput each : BOTH) {
            each.endLine();
        }
    }

    PrintStream stream() {
        return new PrintStream(this, true, StandardCharsets.UTF_8);
    }

    void endLine() {
        lock.lock();
        try {
            if (open && lastWriter == Thread.currentThread().getId()) {
                write('\n');
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int each) {
        write(new byte[] {(byte) each}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        lock.lock();
        try {
            out.write(bytes, offset, length);
            lastWriter = Thread.currentThread().getId();
            open = bytes[offset + length - 1] != '\n';
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }
}
