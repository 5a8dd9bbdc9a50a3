package execnet4j.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How often in a row this system has sent something over a TCP connection, or asked whether there is room for it, without an
 * answer of the other system. That one answers whatever its processes do: so this tells a link that is cut from a process
 * that is stopped. Keep-alive does not, as it asks nothing while anything is on its way.
 *
 * <p>Linux alone says it, in the tables of its connections (proc(5)); elsewhere there is nothing to be known.
 */
final class TcpRetries {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int RETRANSMITS = 6;
    private static final int PROBES = 8;

    private TcpRetries() {}

    /** 0 if all is well, the connection has ended or nothing is known. */
    static int of(Socket socket) {
        if (!(socket.getLocalSocketAddress() instanceof InetSocketAddress local)
                || !(socket.getRemoteSocketAddress() instanceof InetSocketAddress remote)) {
            return 0;
        }
        String from = entry(local);
        String to = entry(remote);
        for (Path table : TABLES) {
            try (Stream<String> lines = Files.lines(table)) {
                int retries = lines.map(line -> line.strip().split("\\s+", -1))
                        .filter(words ->
                                words.length > PROBES && words[LOCAL].endsWith(from) && words[REMOTE].endsWith(to))
                        .mapToInt(words ->
                                Math.max(Integer.parseInt(words[RETRANSMITS], 16), Integer.parseInt(words[PROBES])))
                        .max()
                        .orElse(0);
                if (retries > 0) {
                    return retries;
                }
            } catch (IOException | UncheckedIOException e) {
                // No such table: not Linux, or without IPv6.
            }
        }
        return 0;
    }

    /** As the tables have it: words of four bytes, each as this processor reads it. An IPv4 address ends its IPv6 form. */
    private static String entry(InetSocketAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress().getAddress()).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        while (bytes.hasRemaining()) {
            text.append(String.format(Locale.ROOT, "%08X", bytes.getInt()));
        }
        return text.append(String.format(Locale.ROOT, ":%04X", address.getPort()))
                .toString();
    }
}
