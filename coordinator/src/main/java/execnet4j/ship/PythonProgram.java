package execnet4j.ship;

import execnet4j.serial.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for Python workers, each as the value that execnet's protocol has for code: a tuple of the source, the name of its
 * file, the name of a function to call and the function's arguments by name. Nothing is compiled here: a syntax error comes
 * back from the worker, with file and line.
 */
public final class PythonProgram {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PythonProgram() {}

    /**
     * Statements; what they are indented by in common is taken away.
     *
     * @param source the statements, with the variable {@code channel}
     * @return the value for the worker
     */
    public static Tuple text(String source) {
        return task(Indentation.removed(source), null, null, Map.of());
    }

    /**
     * Statements that send what a {@link execnet4j.protocol.WorkerInfo} is read from; any execnet runs them. Our own worker knows that of itself.
     *
     * @return the value for the worker
     */
    public static Tuple info() {
        return text("""
                import os, platform, sys

                def told(ask):
                    try:
                        return (ask() or "").encode("utf-8", "replace").decode("utf-8")
                    except OSError:
                        return ""

                own = getattr(channel.gateway, "info", None)
                channel.send(own() if own else {
                    "pid": os.getpid(),
                    "version": platform.python_version(),
                    "release": 0,
                    "executable": told(lambda: sys.executable),
                    "platform": platform.system() + " " + platform.machine(),
                    "cwd": told(os.getcwd),
                })
                """);
    }

    /**
     * A file, read now, which runs as a module named {@code __channelexec__} with the variable {@code channel}.
     *
     * @param file the file
     * @return the value for the worker
     * @throws IllegalArgumentException if it cannot be read as UTF-8 text
     */
    public static Tuple file(Path file) {
        return task(read(file), file.toString(), null, Map.of());
    }

    /**
     * A function of a file, read now, to call with the channel and arguments.
     *
     * @param file the file
     * @param function its name
     * @param arguments by parameter name
     * @return the value for the worker
     * @throws IllegalArgumentException if the file cannot be read as UTF-8 text
     */
    public static Tuple call(Path file, String function, Map<String, ? extends @Nullable Object> arguments) {
        return task(read(file), file.toString(), function, arguments);
    }

    /**
     * The function {@code apply(item)} of a file, read now, for item after item; each is answered with {@code (True, result)}
     * or {@code (False, traceback)}.
     *
     * @param file the file
     * @return the value for the worker
     * @throws IllegalArgumentException if the file cannot be read as UTF-8 text
     */
    public static Tuple function(Path file) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("source", read(file));
        arguments.put("file", file.toString());
        return task(Server.SOURCE, "<execnet4j " + Server.NAME + ">", "serve", arguments);
    }

    private static Tuple task(
            String source,
            @Nullable String file,
            @Nullable String function,
            Map<String, ? extends @Nullable Object> arguments) {
        return Tuple.of(source, file, function, arguments);
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no UTF-8 text, which a Python task has to be", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }

    /** Read once, when it is first wanted. */
    private static final class Server {
        static final String NAME = "apply_each.py";
        static final String SOURCE = read();

        private static String read() {
            try (InputStream in = PythonProgram.class.getResourceAsStream(NAME)) {
                if (in == null) {
                    throw new IllegalStateException("execnet4j's jar is not whole: " + NAME + " is missing");
                }
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
