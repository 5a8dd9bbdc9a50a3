package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.GroupBuilder;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.GroupStartException;
import execnet4j.error.HostNotFoundException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Groups over several hosts, of which one gives no worker. */
@OnSshHosts
class GroupOverSshTest {
    private static final Duration LADDER = Duration.ofSeconds(25);

    private final SshHosts hosts = SshHosts.shared();

    @Test
    void startGivesAllOrTellsWhichFailedAndWhyAndEndsTheRest() {
        Map<Integer, Set<String>> before = Map.of(1, hosts.workers(1), 2, hosts.workers(2));
        assertThatThrownBy(() -> builder().start(hosts.spec(1), "2*" + hosts.spec(2), unanswering()))
                .isInstanceOfSatisfying(
                        GroupStartException.class,
                        e -> assertThat(e.failures())
                                .hasEntrySatisfying(
                                        "nowhere", why -> assertThat(why).isInstanceOf(HostNotFoundException.class)))
                .hasMessageContainingAll("nowhere", "the host does not answer");
        for (int host = 1; host <= 2; host++) {
            int each = host;
            Awaitility.await().atMost(LADDER).until(() -> before.get(each).containsAll(hosts.workers(each)));
        }
    }

    @Test
    void startAvailableGivesThoseThatStartedAndTellsOfTheOthers() {
        String noJava = hosts.spec(3) + "//id=nojava//java=/no/such/java";
        try (Group group = builder().startAvailable(hosts.spec(1), unanswering(), noJava, hosts.spec(2))) {
            assertThat(group.remoteExec(
                                    "channel.send(Files.readString(Path.of(\"/proc/sys/kernel/hostname\")).strip());")
                            .receiveEach())
                    .containsExactly(hosts.name(1), hosts.name(2));
            assertThat(group.startFailures()).containsOnlyKeys("nowhere", "nojava");
            assertThat(group.startFailures().get("nowhere")).isInstanceOf(HostNotFoundException.class);
            assertThat(group.startFailures().get("nojava"))
                    .isInstanceOfSatisfying(
                            GatewayStartException.class,
                            e -> assertThat(e.stage()).isEqualTo(Stage.INTERPRETER))
                    .hasMessageContaining("host: " + hosts.name(3));
        }
    }

    /** An address that nobody has. */
    private String unanswering() {
        return "ssh=" + hosts.address(99) + "//ssh_config=" + hosts.config() + "//connect_timeout=2//id=nowhere";
    }

    private static GroupBuilder builder() {
        return Group.builder().outputListener((id, line) -> {});
    }
}
