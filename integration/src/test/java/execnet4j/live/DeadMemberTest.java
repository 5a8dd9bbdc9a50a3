package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.error.GatewayLostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeadMemberTest {
    /** The others had begun with it then, on channels that nobody had. */
    @Test
    void aGroupWithADeadMemberStartsTheTaskInNone() throws Exception {
        try (Group group = Group.start("3*popen//jvm=-Xmx64m")) {
            Gateway dead = group.get(2);
            Processes.signal("KILL", dead.remoteInfo().pid());
            dead.join(Duration.ofSeconds(20));

            assertThatThrownBy(() -> group.remoteExec("channel.receive();"))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("gw2");

            assertThat(group.get(0).remoteStatus().executing()).isZero();
            assertThat(Workers.openChannels(group.get(0))).isZero();
            assertThat(Workers.openChannels(group.get(1))).isZero();
        }
    }
}
