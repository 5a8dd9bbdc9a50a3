package execnet4j.link;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;

/**
 * Has the system notice a peer that has gone silent, within 15 seconds where it lets us choose, else after its own time, two
 * hours as a rule.
 */
public final class KeepAlive {
    /** In seconds, and a count: 6 + 3 * 3 = 15 seconds. The options are jdk.net's, which need not be there. */
    private static final Map<String, Integer> PROBES =
            Map.of("TCP_KEEPIDLE", 6, "TCP_KEEPINTERVAL", 3, "TCP_KEEPCOUNT", 3);

    private KeepAlive() {}

    /**
     * Turns it on; and turns off that small messages wait for company.
     *
     * @param socket connected
     * @throws IOException if it is closed
     */
    public static void on(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> each : socket.supportedOptions()) {
            if (PROBES.containsKey(each.name())) {
                set(socket, each, PROBES.get(each.name()));
            }
        }
    }

    private static <T> void set(Socket socket, SocketOption<T> option, Object value) throws IOException {
        socket.setOption(option, option.type().cast(value));
    }
}
