package execnet4j.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders in which nobody but the user of this process can put anything. */
public final class OwnFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private OwnFolder() {}

    /** Whether a folder is there and is one. */
    static boolean is(Path folder) {
        try {
            PosixFileAttributes facts =
                    Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return facts.isDirectory()
                    && facts.owner().getName().equals(System.getProperty("user.name"))
                    && !facts.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    && !facts.permissions().contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * Makes a folder and those above it, unless they are there.
     *
     * @param folder which
     * @return whether it is there now and is one
     */
    public static boolean make(Path folder) {
        try {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return is(folder) && Files.isWritable(folder);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
