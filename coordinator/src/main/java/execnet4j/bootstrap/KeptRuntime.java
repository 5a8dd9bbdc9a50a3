package execnet4j.bootstrap;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The packed {@link RuntimeImage} in the user's folder. Of several programs that want it one makes it, the others wait. */
final class KeptRuntime {
    private static final String NAMES = "runtime-";
    private static final String KEPT = ".tar.gz";

    private KeptRuntime() {}

    /** The one of this JDK; made if it is not there, which takes some seconds. */
    static Path packed(Consumer<String> output) throws IOException {
        Path folder = CacheFolder.of(System.getenv());
        if (folder == null) {
            Path passing = Files.createTempFile(NAMES, KEPT);
            passing.toFile().deleteOnExit();
            makeAs(passing, Path.of(System.getProperty("java.io.tmpdir")), output);
            return passing;
        }
        Files.createDirectories(folder);
        Path kept = folder.resolve(NAMES + RuntimeImage.name() + KEPT);
        if (!Files.exists(kept)) {
            makeAlone(kept, folder, output);
        }
        return kept;
    }

    private static void makeAlone(Path kept, Path folder, Consumer<String> output) throws IOException {
        // It stays: who waited for one that is deleted would have it alone, beside who has made another.
        Path lockFile = folder.resolve("runtime.lock");
        try (FileChannel file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            if (lock.isValid() && !Files.exists(kept)) {
                sweep(folder);
                makeAs(kept, folder, output);
            }
        }
    }

    private static void makeAs(Path kept, Path folder, Consumer<String> output) throws IOException {
        Path work = Files.createTempDirectory(folder, NAMES);
        try {
            Files.move(RuntimeImage.make(work, output), kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(work);
        }
    }

    /** Deletes what programs have left that ended while they made one. */
    private static void sweep(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(folder)) {
            left = entries.filter(entry -> entry.getFileName().toString().startsWith(NAMES)
                            && !entry.getFileName().toString().endsWith(KEPT))
                    .toList();
        }
        for (Path each : left) {
            delete(each);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
