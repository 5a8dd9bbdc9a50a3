package execnet4j.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.platform.engine.support.store.Namespace;
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
        // The first there, so the last to be closed: after the hosts, which have a folder in it.
        AutoCloseable last = TemporaryFolder::removeIfEmpty;
        session.getStore().put(Namespace.GLOBAL, TemporaryFolder.class, last);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        Workers.end();
    }

    private static void removeIfEmpty() throws IOException {
        try (Stream<Path> left = Files.list(FOLDER)) {
            if (left.findAny().isEmpty()) {
                Files.delete(FOLDER);
            }
        }
    }
}
