package execnet4j.stock;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Python that can import plain execnet.
 *
 * @param command the interpreter
 * @param version of its execnet
 * @param path what has to be on PYTHONPATH, empty for nothing
 */
public record StockPython(String command, String version, String path) {
    /** Where {@code ./check} puts the newest execnet that it can get. */
    private static final Path NEWEST = Path.of("target", "execnet");

    /** The first that has it. */
    public static StockPython any() {
        return each(Path.of("")).get(0);
    }

    /** One for each version of execnet: those of the interpreters, and the newest if it was fetched. */
    static List<StockPython> each(Path repository) {
        Map<String, StockPython> byVersion = new LinkedHashMap<>();
        for (String path : List.of("", repository.resolve(NEWEST).toString())) {
            for (String command : Pythons.commands()) {
                String version = path.isEmpty() || Files.isDirectory(Path.of(path))
                        ? Pythons.version(command, "execnet", path)
                        : "";
                if (!version.isEmpty()) {
                    byVersion.putIfAbsent(version, new StockPython(command, version, path));
                }
            }
        }
        if (byVersion.isEmpty()) {
            throw new AssertionError(
                    "no python3 on the PATH can import execnet; as root: apt-get install python3-execnet");
        }
        return new ArrayList<>(byVersion.values());
    }

    /** A command that runs it, with a worker's script for the programs of a folder. */
    public List<String> running(Path script, Path programs, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                "env",
                "PYTHONDONTWRITEBYTECODE=1",
                "PYTHONPATH=" + programs + ":" + path,
                "JAVA_HOME=" + System.getProperty("java.home"),
                "EXECNET4J_WORKER=" + script,
                command));
        words.addAll(List.of(arguments));
        return words;
    }
}
