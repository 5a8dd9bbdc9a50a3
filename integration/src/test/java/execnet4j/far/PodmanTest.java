package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Workers in a real container. */
@OnPodman
class PodmanTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void aWorkerOfEachKind() {
        try (Group group =
                Group.start("2*podman=" + Container.NAME, "podman=-w /tmp " + Container.NAME + "//python=python3")) {
            Channel jvm = group.get(0).remoteExec("channel.send(System.getenv(\"container\"));");
            assertThat(jvm.receive(SOON)).isEqualTo("podman");
            Channel python = group.get(2).remoteExec("import os; channel.send(os.getcwd())");
            assertThat(python.receive(SOON)).isEqualTo("/tmp");
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        }
    }

    @Test
    void itsEndIsNoticed() {
        try (Group group = Group.start("podman=" + Container.NAME + "//python=python3")) {
            Channel channel = group.get(0).remoteExec("import os; os.kill(os.getpid(), 9)");
            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContainingAll("exit 137", "host: " + Container.NAME);
        }
    }

    @Test
    void aContainerThatIsNotThere() {
        assertThatThrownBy(() -> Group.builder().build().makeGateway("podman=no-such-container"))
                .isInstanceOfSatisfying(
                        GatewayStartException.class, e -> assertThat(e.stage()).isEqualTo(Stage.CONNECT))
                .hasMessageContainingAll("no-such-container", "no container with name or ID", "podman exec -i");
    }
}
