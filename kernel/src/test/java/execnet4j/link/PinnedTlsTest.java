package execnet4j.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PinnedTlsTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoIsCrowdedOutIsNotToldThatTheServerSpeaksNoTls(boolean reset) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
                try (Socket accepted = server.accept()) {
                    InputStream hello = accepted.getInputStream();
                    assertThat(hello.read()).isNotNegative();
                    accepted.setSoLinger(reset, 0);
                    if (!reset) {
                        accepted.shutdownOutput();
                        hello.transferTo(OutputStream.nullOutputStream());
                    }
                } catch (IOException e) {
                    // The client has closed it.
                }
            });
            assertThatThrownBy(() -> PinnedTls.over(socket, new Pin("sha256:" + "0".repeat(64))))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("too many strangers were there at once");
        }
    }
}
