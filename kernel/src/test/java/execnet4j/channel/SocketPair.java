package execnet4j.channel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The two ends of a unix socket. */
record SocketPair(SocketChannel one, SocketChannel other) {
    static SocketPair open() throws IOException {
        Path folder = Files.createTempDirectory("execnet4j");
        Path file = folder.resolve("s");
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(file);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            return new SocketPair(SocketChannel.open(address), server.accept());
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }
}
