package execnet4j.ship;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory of the task class path. Links that lead out of it are not followed: its path is free of links. */
record DirectoryEntry(Path path) implements PathEntry {
    static DirectoryEntry of(Path directory) throws IOException {
        return new DirectoryEntry(directory.toRealPath());
    }

    @Override
    public byte @Nullable [] find(String name) throws IOException {
        Path file;
        try {
            file = path.resolve(name).toRealPath();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (InvalidPathException | FileSystemException e) {
            // Also a name that is too long, and one that leads through what is no directory: it is not here.
            return null;
        }
        if (!file.startsWith(path) || !Files.isRegularFile(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return PathEntry.read(name, in);
        }
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
