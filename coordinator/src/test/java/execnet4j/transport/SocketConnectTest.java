package execnet4j.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.Deadline;
import execnet4j.spec.HostAndPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketConnectTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void silentPeersAreNoticed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = SocketConnect.to(address(server), Deadline.in(LONG))) {
            assertThat(socket.getKeepAlive()).isTrue();
            if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
                assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(6);
            }
        }
    }

    /** The system answers nobody any more whose queue is full. */
    @Test
    void aConnectHonoursItsTimeAndAnInterrupt() throws Exception {
        List<Socket> queued = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> {
                        while (queued.size() < 10) {
                            queued.add(SocketConnect.to(address(server), Deadline.in(Duration.ofMillis(300))));
                        }
                    })
                    .isInstanceOf(NoHostException.class)
                    .hasMessageContaining("does not answer");

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> SocketConnect.to(address(server), Deadline.in(LONG)))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            for (Socket each : queued) {
                each.close();
            }
        }
    }

    private static HostAndPort address(ServerSocket server) {
        return new HostAndPort("127.0.0.1", server.getLocalPort());
    }
}
