package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections of TCP that are cut while something is on its way, to a socket server of plain execnet. */
@OnSshHosts
class CutSocketTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int HOST = 1;
    private static final int PORT = 8899;

    private final SshHosts hosts = SshHosts.shared();

    @BeforeEach
    void serve() {
        hosts.on(
                HOST,
                "nohup python3 -u -m execnet.script.socketserver " + hosts.address(HOST) + ":" + PORT
                        + " </dev/null >/tmp/served 2>&1 & until ss -Hltn 'sport = :" + PORT
                        + "' | grep -q .; do :; done");
    }

    @AfterEach
    void stopServing() {
        hosts.on(HOST, "pkill -9 -f socket[s]erver; rm -f /tmp/served");
    }

    @Test
    void aHostThatDoesNotAnswerIsLostAndAProcessThatIsStoppedIsNot() {
        try (Group group = Group.start("socket=" + hosts.address(HOST) + ":" + PORT + "//bootstrap=execnet")) {
            Gateway gateway = group.get(0);
            Channel channel = gateway.remoteExec("while True: channel.send(channel.receive())");
            hosts.on(HOST, "pkill -STOP -f socket[s]erver");
            channel.send(1);
            assertThatThrownBy(() -> channel.receive(Duration.ofSeconds(12)))
                    .isInstanceOf(ChannelTimeoutException.class);
            hosts.on(HOST, "pkill -CONT -f socket[s]erver");
            assertThat(channel.receive(SOON)).isEqualTo(1);

            hosts.happens("cut", HOST);
            try {
                long cut = System.nanoTime();
                channel.send(2);
                assertThatThrownBy(() -> channel.receive(SOON))
                        .isInstanceOf(GatewayLostException.class)
                        .hasMessageContaining("its host does not answer any more");
                assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(16));
            } finally {
                hosts.happens("heal", HOST);
            }
        }
    }
}
