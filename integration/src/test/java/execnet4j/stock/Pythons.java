package execnet4j.stock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Pythons of this machine. */
public final class Pythons {
    private Pythons() {}

    /** Every python3 on the PATH, and Debian's own: packages of Debian install for that one alone. */
    static List<String> commands() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/bin"))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .distinct()
                .toList();
    }

    /** The first that can import a module. */
    public static String having(String module) {
        return commands().stream()
                .filter(command -> !version(command, module, "").isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no python3 on the PATH can import " + module
                        + "; as root: apt-get install python3-" + module));
    }

    /** The version that a Python tells of a module, empty if it cannot import it; {@code path} is its PYTHONPATH. */
    static String version(String command, String module, String path) {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            command, "-c", "import " + module + "; print(" + module + ".__version__)")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("PYTHONPATH", path);
            Process process = builder.start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return process.onExit().join().exitValue() == 0 ? version : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
