package execnet4j.stock;

import execnet4j.integration.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** The script {@code execnet4j-worker} over the jars that are tested: in a folder that looks like a checkout that was built. */
public final class WorkerScript {
    private static final List<String> SOURCES = List.of(
            "pom.xml",
            "kernel/pom.xml",
            "coordinator/pom.xml",
            "cli/pom.xml",
            "kernel/src/main",
            "coordinator/src/main",
            "cli/src/main");

    private static final Pattern NEEDED = Pattern.compile("(execnet4j|asm|picocli)-.*\\.jar");

    private WorkerScript() {}

    /** Makes the folder. */
    public static Path in(Path folder) throws IOException {
        for (String each : SOURCES) {
            Path source = Files.createDirectories(folder.resolve(each));
            Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        }
        Path app = Files.createDirectories(folder.resolve("cli/target/launch/app"));
        for (String each : System.getProperty("java.class.path").split(":")) {
            Path jar = Path.of(each);
            if (NEEDED.matcher(jar.getFileName().toString()).matches()) {
                Files.copy(jar, app.resolve(jar.getFileName()));
            }
        }
        Files.createFile(app.resolve("stamp"));
        for (String each : List.of("cli/launch.sh", "cli/end_session.sh")) {
            Files.copy(Repository.ROOT.resolve(each), folder.resolve(each), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return Files.copy(
                Repository.ROOT.resolve("execnet4j-worker"),
                folder.resolve("execnet4j-worker"),
                StandardCopyOption.COPY_ATTRIBUTES);
    }
}
