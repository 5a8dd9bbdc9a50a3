package execnet4j.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Makes the folder for temporary files that the build gives each process of tests; at the end it goes if it is empty. */
public final class TemporaryFolder implements LauncherSessionListener {
    /** Has a JVM use the same folder, where {@link LeftBehind} sees what it leaves. */
    public static final String OPTION = "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");

    private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

    /** Found by the service loader. */
    public TemporaryFolder() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Files.createDirectories(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The first there, so the last to go: after the hosts, which have a folder in it, and what other hooks delete.
        FOLDER.toFile().deleteOnExit();
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Workers.end();
    }
}
