package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host that is far away, or behind a link that loses packets. */
@OnSshHosts
@Timeout(240)
class BadLinkTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int HOST = 3;
    private static final int LARGE = 300_000;

    private final SshHosts hosts = SshHosts.shared();

    @AfterEach
    void heal() {
        hosts.happens("heal", HOST);
    }

    @ParameterizedTest
    @CsvSource({"delay, 50", "loss, 20"})
    void workersStartAndAnswer(String what, int amount) {
        hosts.happens(what, HOST, amount);
        try (Group group =
                Group.builder().start(SOON, hosts.spec(HOST), "2*" + hosts.spec(HOST) + "//python=python3")) {
            List<Channel> echoes = List.of(
                    group.get(0).remoteExec("for (Object item : channel) { channel.send(item); }"),
                    group.get(1).remoteExec("for item in channel: channel.send(item)"),
                    group.get(2).remoteExec("for item in channel: channel.send(item)"));
            for (Channel each : echoes) {
                each.send(1);
                each.send(new byte[LARGE]);
            }
            for (Channel each : echoes) {
                assertThat(each.receive(SOON)).isEqualTo(1);
                assertThat(each.receive(byte[].class, SOON)).hasSize(LARGE);
            }
            assertThat(group).allMatch(gateway -> gateway.isAlive());
        }
    }

    @Test
    void furtherWorkersOfAFarHostStartMuchFasterThanTheFirst() {
        hosts.happens("delay", HOST, 50);
        List<Long> millis = new ArrayList<>();
        try (Group group = Group.builder().build()) {
            for (int number = 0; number < 10; number++) {
                long began = System.nanoTime();
                group.makeGateway(hosts.spec(HOST) + "//python=python3", SOON);
                millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
            }
        }
        List<Long> others = millis.stream().skip(1).sorted().toList();
        assertThat(others.get(others.size() / 2))
                .as("milliseconds of each: %s", millis)
                .isLessThan(millis.get(0) / 2);
    }
}
