package execnet4j.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.testing.BytePipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each end by itself, against a peer that is written out here. */
class HandshakeTest {
    private static final String SECRET = "a token of some length";
    private static final Token TOKEN = Token.of(SECRET);
    private static final String GREETING = "execnet4j-serve 1 " + "ab".repeat(16);
    private static final String PIN = "sha256:" + "0".repeat(64);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void aClientNeverSaysTheTokenAndNothingMoreToWhoDoesNotKnowIt() {
        assertThatThrownBy(() -> client(GREETING, "welcome " + "0".repeat(64)).asClient())
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("does not know the token");
        assertThat(said()).hasSize(1);
        assertThat(said().get(0)).matches("[0-9a-f]{32} [0-9a-f]{64}").doesNotContain(SECRET);
    }

    @Test
    void aClientsOwnProofSentBackIsNoWelcome() throws IOException {
        Handshake first = client(GREETING, "refused");
        assertThatThrownBy(first::asClient).hasMessageContaining("the server has another token");
        String proof = said().get(0).split(" ")[1];
        said.reset();
        assertThatThrownBy(() -> client(GREETING, "welcome " + proof).asClient())
                .hasMessageContaining("does not know the token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2",
                "execnet4j-serve 1 short",
                "execnet4j-listen 1 abababababababababababababababab",
                "execnet4j-serve 2 abababababababababababababababab"
            })
    void aClientSaysNothingToAnotherServer(String greeting) {
        assertThatThrownBy(() -> client(greeting).asClient())
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("what listens there is");
        assertThat(said()).isEmpty();
    }

    @Test
    void aProofIsForOneNonceOneServiceAndOneCertificate() {
        String nonce = "cd".repeat(16);
        for (String proof : List.of(
                TOKEN.proof("client", GREETING, nonce, ""),
                TOKEN.proof("client", GREETING, nonce, PIN),
                TOKEN.proof("server", GREETING, nonce, PIN))) {
            Handshake server = new Handshake(input(nonce + " " + proof), said, TOKEN, "serve", PIN);
            assertThatThrownBy(server::asServer).hasMessageContaining("another token");
        }
    }

    @Test
    void aServerHearsNoLineThatIsTooLongOrHasNoEnd() {
        assertThatThrownBy(() -> server("x".repeat(201)).asServer()).hasMessageContaining("no end within 200 bytes");
        InputStream cut = new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> new Handshake(cut, said, TOKEN, "serve", "").asServer())
                .hasMessageContaining("ended within a line");
    }

    @Test
    void bothEndsAgree() throws Exception {
        BytePipe toServer = BytePipe.of(1024);
        BytePipe toClient = BytePipe.of(1024);
        Handshake client = new Handshake(toClient.input(), toServer.output(), TOKEN, "serve", PIN);
        Handshake server = new Handshake(toServer.input(), toClient.output(), TOKEN, "serve", PIN);
        java.util.concurrent.CompletableFuture<Void> done = new java.util.concurrent.CompletableFuture<>();
        Thread other = new Thread(() -> {
            try {
                server.asServer();
                done.complete(null);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        });
        other.start();
        client.asClient();
        done.get();
        other.join();
    }

    private Handshake client(String... lines) {
        return new Handshake(input(lines), said, TOKEN, "serve", "");
    }

    private Handshake server(String... lines) {
        return new Handshake(input(lines), said, TOKEN, "serve", "");
    }

    private static InputStream input(String... lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private List<String> said() {
        return said.toString(StandardCharsets.US_ASCII).lines().toList();
    }
}
