package execnet4j.serve;

import execnet4j.link.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server in this process, the file with its token, and its log. */
public final class TestServer implements AutoCloseable {
    /** What opens it. */
    public static final String TOKEN = "0123456789abcdef-for-a-test";

    private final Path folder;
    private final WorkerServer server;
    private final String pin;
    private final List<String> log = new CopyOnWriteArrayList<>();

    private TestServer(Path folder, boolean tls, String address) throws IOException {
        this.folder = folder;
        WorkerServerBuilder settings =
                WorkerServer.builder().token(TOKEN).log(log::add).address(new InetSocketAddress(address, 0));
        if (tls) {
            Path kept = folder.resolve("kept");
            Identity.keptIn(kept);
            settings.tls(kept.resolve("identity.p12"), "execnet4j");
        }
        server = settings.start();
        pin = server.pin().orElse("");
    }

    /** For this machine alone. */
    public static TestServer plain(Path folder) throws IOException {
        return new TestServer(folder, false, "127.0.0.1");
    }

    /** For all addresses. */
    public static TestServer withTls(Path folder) throws IOException {
        return new TestServer(folder, true, "0.0.0.0");
    }

    /** Where it listens, at 127.0.0.1. */
    public int port() {
        return server.address().getPort();
    }

    String pin() {
        return pin;
    }

    List<String> log() {
        return log;
    }

    /** For a worker of it; what is sent there is kept in its folder. */
    public String spec() throws IOException {
        return spec(TOKEN, pin);
    }

    String spec(String token, String pinned) throws IOException {
        return "socket=127.0.0.1:" + port() + "//token_file=" + tokenFile(folder, token)
                + (pinned.isEmpty() ? "" : "//pin=" + pinned) + "//env:XDG_CACHE_HOME=" + folder.resolve("cache");
    }

    /** A new file with a token in a folder. */
    public static Path tokenFile(Path folder, String token) throws IOException {
        Path file = Files.createTempFile(
                folder,
                "token",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, token + "\n");
    }

    @Override
    public void close() {
        server.close();
    }
}
