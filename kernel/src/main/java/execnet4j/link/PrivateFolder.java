package execnet4j.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where secrets lie. */
public final class PrivateFolder {
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFolder() {}

    /**
     * The user's for secrets of execnet4j.
     *
     * @return {@code execnet4j} in {@code $XDG_CONFIG_HOME}, or in {@code ~/.config}
     */
    public static Path ofUser() {
        String config = System.getenv("XDG_CONFIG_HOME");
        Path base = config == null || config.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(config);
        return base.resolve("execnet4j");
    }

    /**
     * Makes one, and those above it, unless it is there.
     *
     * @param folder which
     * @throws IOException if it cannot be made, or others may enter it; the message is for users
     */
    public static void make(Path folder) throws IOException {
        Files.createDirectories(folder, FOR_OWNER);
        if (!Files.getPosixFilePermissions(folder).equals(PosixFilePermissions.fromString("rwx------"))) {
            throw new IOException("others may enter " + folder + ", where secrets lie; 'chmod 700' it");
        }
    }
}
