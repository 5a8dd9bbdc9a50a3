package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tasks.Exits;

/** The call that ended a worker was named as a frame of the JDK's reflection when it was made by reflection. */
class ExitByReflectionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void theUsersCallIsNamed() {
        try (Group group = Group.builder().outputListener((id, line) -> {}).build()) {
            Gateway gateway = group.makeGateway();
            Channel channel = gateway.remoteExec(Exits::byReflection);

            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("exit was called at")
                    .hasMessageContaining("tasks.Exits.byReflection(Exits.java:");
            gateway.join(SOON);
            assertThatThrownBy(gateway::newChannel)
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("exit 3")
                    .hasMessageContaining("exit was called at")
                    .hasMessageContaining("tasks.Exits.byReflection(Exits.java:");
        }
    }
}
