package execnet4j.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The sources of our Python worker, read once, when the first is wanted. */
final class PythonSources {
    /** The modules of its package; the order means nothing, they are found by name. */
    static final List<String> NAMES = List.of(
            "arrays",
            "callback",
            "channel",
            "connection",
            "credit",
            "deadlines",
            "dumping",
            "ending",
            "errors",
            "family",
            "files",
            "forms",
            "frames",
            "gateway",
            "heartbeat",
            "items",
            "link",
            "loading",
            "output",
            "reading",
            "relay",
            "runner",
            "scanning",
            "signals",
            "start",
            "tasks",
            "texts",
            "threads",
            "tracebacks",
            "watcher",
            "wire",
            "worker",
            "writer");

    /** What has the package imported, and starts the worker. */
    static final String LOADER = read("load_worker.py");

    /** The texts of the modules by their names, as a literal of Python. */
    static final String MODULES = NAMES.stream()
            .map(name -> PythonLiteral.of(name) + ": " + PythonLiteral.of(read("execnet4j_worker/" + name + ".py")))
            .collect(Collectors.joining(", ", "{", "}"));

    private PythonSources() {}

    static String read(String name) {
        try (InputStream in = PythonSources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("execnet4j's jar is not whole: " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
