package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ViolationTest {
    /** It was disconnected only, and had the 15 seconds of its ladder to go on. */
    @Test
    void aWorkerThatBreaksTheProtocolIsKilledAtOnce() {
        try (Group group = Group.start("popen//jvm=-Xmx64m")) {
            long pid = group.get(0).remoteInfo().pid();
            Channel channel = group.get(0).remoteExec("""
                    java.lang.reflect.Method connection = execnet4j.channel.Channel.class.getDeclaredMethod("connection");
                    connection.setAccessible(true);
                    ((execnet4j.channel.Connection) connection.invoke(channel)).send((byte) 99, 1, new byte[0]);
                    while (true) {
                        Thread.onSpinWait();
                    }
                    """);

            assertThatThrownBy(() -> channel.receive(Duration.ofSeconds(20)))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("the peer broke the protocol");
            Processes.awaitGone(Duration.ofSeconds(3), List.of(pid));
        }
    }
}
