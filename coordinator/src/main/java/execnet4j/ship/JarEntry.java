package execnet4j.ship;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/** A jar of the task class path, open until it is closed. Of a multi-release jar the base is used, which runs everywhere. */
record JarEntry(Path path, JarFile jar) implements PathEntry {
    static JarEntry of(Path file) throws IOException {
        return new JarEntry(file.toRealPath(), new JarFile(file.toFile(), false));
    }

    /** The files that its manifest puts on the class path after it. */
    List<Path> manifestPath() throws IOException {
        Manifest manifest = jar.getManifest();
        String listed = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        List<Path> files = new ArrayList<>();
        if (listed != null) {
            for (String each : listed.strip().split("\\s+", -1)) {
                Path file = Path.of(path.toUri().resolve(each));
                if (Files.exists(file)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    @Override
    public byte @Nullable [] find(String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        if (entry == null || entry.isDirectory()) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return PathEntry.read(name, in);
        }
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
