package execnet4j.wire;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line for each frame and each turn of events, for finding faults. Off unless the environment variable
 * {@value #VARIABLE} is {@code 1} (to a file of this process, {@code execnet4j-debug-PID}, in the folder for temporary
 * files) or {@code 2} (to standard error, each line led by the process id). Off, it costs one test of a field.
 */
public final class Trace {
    /** The environment variable that turns tracing on. */
    public static final String VARIABLE = "EXECNET4J_DEBUG";

    /** Says nothing. */
    public static final Trace OFF = new Trace("", null);

    private final String name;
    private final @Nullable PrintStream out;

    private Trace(String name, @Nullable PrintStream out) {
        this.name = name;
        this.out = out;
    }

    /**
     * What the environment asks for.
     *
     * @param name leads each line, such as a gateway's id
     * @return {@link #OFF} unless {@value #VARIABLE} says otherwise
     */
    public static Trace ofEnvironment(String name) {
        String wish = System.getenv(VARIABLE);
        if (wish == null || wish.isEmpty() || wish.equals("0")) {
            return OFF;
        }
        return wish.equals("1") ? new Trace(name, ProcessFile.STREAM) : to(name, System.err);
    }

    /**
     * Writes to a stream.
     *
     * @param name leads each line, after the process id
     * @param out takes the lines
     * @return the trace
     */
    public static Trace to(String name, PrintStream out) {
        return new Trace("[" + ProcessHandle.current().pid() + "] " + name, out);
    }

    /**
     * Says that a frame came in.
     *
     * @param frame the frame
     */
    public void received(Frame frame) {
        if (out != null) {
            out.println(name + " received " + frame);
        }
    }

    /**
     * Says that a frame goes out.
     *
     * @param frame the frame
     */
    public void sent(Frame frame) {
        if (out != null) {
            out.println(name + " sent " + frame);
        }
    }

    /**
     * Says anything else.
     *
     * @param text makes the line; called only if tracing is on
     */
    public void event(Supplier<String> text) {
        if (out != null) {
            out.println(name + " " + text.get());
        }
    }

    /** The process's one file, opened when the first trace wants it. */
    private static final class ProcessFile {
        static final PrintStream STREAM = open();

        private static PrintStream open() {
            Path file = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "execnet4j-debug-" + ProcessHandle.current().pid());
            try {
                return new PrintStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        true,
                        StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the trace that " + VARIABLE + "=1 asks for to " + file, e);
            }
        }
    }
}
