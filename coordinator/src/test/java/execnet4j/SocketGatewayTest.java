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
    void closesTheConnectionWhenAskedToEnd() throws IOException {
        try (StockServer server = new StockServer(Answer.FACTS)) {
            group.makeGateway(server.spec(), PATIENCE);
            assertThat(ends(PATIENCE)).isEqualTo("GRACEFUL OptionalInt.empty");
        }
    }

    @Test
    void doesNotEndWhenAskedTo() throws IOException {
        try (StockServer server = new StockServer(Answer.FACTS_AND_NO_END)) {
            group.makeGateway(server.spec(), PATIENCE);
            assertThat(ends(Duration.ofMillis(200))).isEqualTo("UNREACHABLE OptionalInt.empty");
        }
    }

    @Test
    void hadClosedTheConnectionBefore() throws IOException {
        assertThat(endsAfterLeaving(1)).isEqualTo("DIED OptionalInt.empty");
    }

    @Test
    void hadLostTheConnectionBefore() throws IOException {
        assertThat(endsAfterLeaving(0)).isEqualTo("UNREACHABLE OptionalInt.empty");
    }

    private String endsAfterLeaving(int linger) throws IOException {
        try (StockServer server = new StockServer(Answer.FACTS)) {
            Channel channel = group.makeGateway(server.spec(), PATIENCE).newChannel();
            server.leave(linger);
            assertThatThrownBy(() -> channel.receive(PATIENCE)).isInstanceOf(GatewayLostException.class);
            return ends(PATIENCE);
        }
    }

    private String ends(Duration timeout) {
        TerminationReport.Worker worker = group.terminate(timeout).workers().get(0);
        return worker.outcome() + " " + worker.exitStatus();
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
