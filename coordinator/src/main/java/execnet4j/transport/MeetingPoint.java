package execnet4j.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A unix socket where one worker on this machine may meet its coordinator. A socket carries large values several times
 * faster than the pipes of its process, and can be asked whether anything is there. It stands in a folder that this user
 * alone may enter, for as long as the worker starts.
 */
public final class MeetingPoint implements AutoCloseable {
    /** What this process takes away when it ends while workers are starting. */
    private static final Set<MeetingPoint> OPEN = ConcurrentHashMap.newKeySet();

    static {
        try {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> OPEN.forEach(MeetingPoint::close), "execnet4j-meeting-points"));
        } catch (IllegalStateException e) {
            // This process is ending already, and starts no workers.
        }
    }

    private final Path folder;
    private final Path file;
    private final ServerSocketChannel server;

    private MeetingPoint(Path folder) throws IOException {
        this.folder = folder;
        this.file = folder.resolve("s");
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.configureBlocking(false);
            server.bind(UnixDomainSocketAddress.of(file));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Opens one.
     *
     * @return null where that cannot be done, as with a folder for temporary files whose name is too long for a socket
     *     (108 bytes on Linux, unix(7)); a worker then speaks over its pipes
     */
    @SuppressWarnings("MustBeClosedChecker")
    public static @Nullable MeetingPoint open() {
        try {
            Path folder = Files.createTempDirectory(
                    "execnet4j", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                MeetingPoint point = new MeetingPoint(folder);
                OPEN.add(point);
                return point;
            } catch (IOException | RuntimeException e) {
                Files.delete(folder);
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Where a worker finds it.
     *
     * @return an absolute path
     */
    public String path() {
        return file.toAbsolutePath().toString();
    }

    /**
     * The worker that has connected.
     *
     * @return its socket
     * @throws IOException if none has
     */
    public SocketChannel accept() throws IOException {
        SocketChannel socket = server.accept();
        if (socket == null) {
            throw new IOException("it did not come to " + file);
        }
        return socket;
    }

    /** Takes it away; who has connected stays so. */
    @Override
    public void close() {
        OPEN.remove(this);
        try {
            server.close();
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // An empty folder is left behind; whoever clears the folder of temporary files has made it unwritable.
        }
    }
}
