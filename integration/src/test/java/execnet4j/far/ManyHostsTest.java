package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many hosts with several workers each, half of which are lost in the midst of the work, in every way there is. */
@Tag("ssh-hosts")
@Timeout(300)
class ManyHostsTest {
    /** More of them by hand, with {@code -Dexecnet4j.hosts=20}. */
    private static final int HOSTS = Integer.getInteger("execnet4j.hosts", 8);

    private static final int WORKERS_EACH = 3;
    private static final List<String> FATES = List.of("cut", "reset", "kill", "poweroff");
    private static final Duration SOON = Duration.ofSeconds(60);
    /** What the documentation promises for a cut cable. */
    private static final Duration NOTICED = Duration.ofSeconds(15);

    @Test
    void thoseOfOtherHostsStayUsable() throws Exception {
        try (SshHosts hosts = SshHosts.of(HOSTS)) {
            String[] specs = IntStream.rangeClosed(1, HOSTS)
                    .mapToObj(host -> WORKERS_EACH + "*" + hosts.spec(host))
                    .toArray(String[]::new);
            long began = System.nanoTime();
            try (Group group = Group.builder().outputListener((id, line) -> {}).start(Duration.ofMinutes(2), specs)) {
                System.out.println(group.size() + " workers on " + HOSTS + " hosts after " + since(began));
                Map<Gateway, Channel> echoes = new LinkedHashMap<>();
                for (Gateway each : group) {
                    echoes.put(each, each.remoteExec("while (true) { channel.send(channel.receive()); }"));
                }
                List<Gateway> dying = new ArrayList<>();
                for (int host = 2; host <= HOSTS; host += 2) {
                    hosts.happens(FATES.get(host / 2 % FATES.size()), host);
                    IntStream.range((host - 1) * WORKERS_EACH, host * WORKERS_EACH)
                            .forEach(each -> dying.add(group.get(each)));
                }
                long lost = System.nanoTime();

                List<Gateway> others = new ArrayList<>(echoes.keySet());
                others.removeAll(dying);
                for (int round = 0; round < 10; round++) {
                    for (Gateway each : others) {
                        Channel echo = echoes.get(each);
                        echo.send(round);
                        assertThat(echo.receive(SOON)).isEqualTo(round);
                    }
                }
                for (Gateway each : dying) {
                    Channel echo = echoes.get(each);
                    assertThatThrownBy(() -> echo.receive(SOON)).isInstanceOf(GatewayLostException.class);
                }
                System.out.println(dying.size() + " workers lost, the last of them noticed after " + since(lost));
                assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(NOTICED);
                assertThat(others).allMatch(Gateway::isAlive);
                assertThat(dying).noneMatch(Gateway::isAlive);
                IntStream.rangeClosed(1, HOSTS).forEach(host -> hosts.happens("heal", host));
            }
        }
    }

    private static String since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis() + " ms";
    }
}
