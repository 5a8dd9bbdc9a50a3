package execnet4j.wire;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A line for each frame and each turn of events, for finding faults. Off unless the environment variable
 * {@value #VARIABLE} is {@code 1} (to a new file of this process, {@code execnet4j-debug-PID}, or with {@code -2}, {@code -3}
 * … after it if there is one, in the folder for temporary files) or {@code 2} (to standard error, each line led by the process id). Off, it costs one test of a field.
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

        /** The most files of one process id that earlier processes may have left. */
        private static final int MOST_FILES = 100;

        private static PrintStream open() {
            String folder = System.getProperty("java.io.tmpdir");
            String name = "execnet4j-debug-" + ProcessHandle.current().pid();
            try {
                Path file = create(Path.of(folder), name);
                return new PrintStream(
                        Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS),
                        true,
                        StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "cannot write the trace that " + VARIABLE + "=1 asks for to " + name + " in " + folder, e);
            }
        }

        /** A new file, for our eyes only: what is there already in a folder that all can write to may be a trap. */
        private static Path create(Path folder, String name) throws IOException {
            Path file = folder.resolve(name);
            for (int next = 2; Files.exists(file, LinkOption.NOFOLLOW_LINKS) && next <= MOST_FILES; next++) {
                file = folder.resolve(name + "-" + next);
            }
            return Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }
}
