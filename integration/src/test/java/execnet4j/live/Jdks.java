package execnet4j.live;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine, found where {@code ./check} looks for them. */
final class Jdks {
    private static final int BASELINE = 17;

    private Jdks() {}

    /** A java of each feature release from 17 on, by release; that of this process is among them. */
    static Map<Integer, Path> all() throws IOException {
        Map<Integer, Path> all = new TreeMap<>();
        for (Path home : homes()) {
            Optional<Integer> release = release(home);
            if (release.isPresent() && release.get() >= BASELINE) {
                all.putIfAbsent(release.get(), home.resolve("bin/java"));
            }
        }
        return all;
    }

    private static List<Path> homes() throws IOException {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
        for (Path folder : List.of(
                Path.of("/usr/lib/jvm"),
                Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
                Path.of("/Library/Java/JavaVirtualMachines"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    entries.sorted()
                            .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")))
                            .forEach(homes::add);
                }
            }
        }
        return homes;
    }

    /** By the file that stands in the home of every JDK. */
    private static Optional<Integer> release(Path home) throws IOException {
        Path file = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(file)) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            release.load(reader);
        }
        return Optional.ofNullable(release.getProperty("JAVA_VERSION"))
                .map(quoted -> quoted.replace("\"", "").split("[.+-]", 2)[0])
                .map(Integer::valueOf);
    }
}
