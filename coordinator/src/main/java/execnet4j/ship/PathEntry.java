package execnet4j.ship;

import execnet4j.error.ExecnetException;
import execnet4j.protocol.CodeTraffic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory or jar of the task class path. */
sealed interface PathEntry extends AutoCloseable permits DirectoryEntry, JarEntry {
    /** More than this of one class or resource is not sent. */
    int MOST_BYTES = CodeTraffic.MAX_ANSWER_BYTES;

    Path path();

    /** The bytes of a name that was found to be {@link execnet4j.protocol.CodeNames#isResourceName valid}, or null. */
    byte @Nullable [] find(String name) throws IOException;

    @Override
    void close() throws IOException;

    /** Reads to the end, whatever length was announced. */
    static byte[] read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new ExecnetException(name + " has more than " + MOST_BYTES
                    + " bytes, too many for a resource: send its content over a channel");
        }
        return bytes;
    }
}
