package execnet4j.live;

import execnet4j.serve.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Workers that a server of this process started, which tests share; it serves until the process ends. */
final class SocketPeers {
    static final WorkerPeer JVM;
    static final Peer PYTHON;

    static {
        try {
            Path folder = Files.createTempDirectory("served");
            TestServer server = TestServer.plain(folder);
            Path token = TestServer.tokenFile(folder, TestServer.TOKEN);
            // Where no cache can be written, what was sent lives as long as its worker.
            String spec =
                    "socket=127.0.0.1:" + server.port() + "//token_file=" + token + "//env:XDG_CACHE_HOME=/proc/none";
            JVM = new WorkerPeer(Workers.far(spec + "//id=served"));
            PYTHON = new WorkerPeer(Workers.far(spec + "//id=python-served//python=python3"));
            Files.delete(token);
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SocketPeers() {}
}
