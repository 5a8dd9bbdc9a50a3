package execnet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.StockServer.Answer;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayLostException.Stage;
import execnet4j.error.GatewayStartException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways to plain execnet behind a socket: what is said of their ends. */
@Timeout(30)
class SocketGatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Group group = Group.builder().build();

    @Test
    void lostWhileItServes() throws IOException {
        try (StockServer server = new StockServer(Answer.FACTS)) {
            Channel channel = group.makeGateway(server.spec(), PATIENCE).newChannel();

            server.leave(0);

            assertThatThrownBy(() -> channel.receive(PATIENCE))
                    .isInstanceOfSatisfying(
                            GatewayLostException.class,
                            e -> assertThat(e.stage()).isEqualTo(Stage.RUNNING));
        }
    }

    @Test
    void terminatedByUs() throws IOException {
        try (StockServer server = new StockServer(Answer.FACTS)) {
            Channel channel = group.makeGateway(server.spec(), PATIENCE).newChannel();

            group.terminate(PATIENCE);

            assertThatThrownBy(() -> channel.receive(PATIENCE))
                    .isInstanceOfSatisfying(
                            GatewayLostException.class,
                            e -> assertThat(e.stage()).isEqualTo(Stage.ENDING))
                    .hasMessage("gateway gw0 was terminated");
        }
    }

    @Test
    void lostBeforeItSaysWhatItIs() throws IOException {
        try (StockServer server = new StockServer(Answer.LEAVE)) {
            assertThatThrownBy(() -> group.makeGateway(server.spec(), PATIENCE))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("it did not say what it is: ");
        }
    }

    @Test
    void neverSaysWhatItIs() throws IOException {
        try (StockServer server = new StockServer(Answer.NONE)) {
            assertThatThrownBy(() -> group.makeGateway(server.spec(), Duration.ofMillis(500)))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("it did not say what it is within 0.5 s");
        }
    }
}
