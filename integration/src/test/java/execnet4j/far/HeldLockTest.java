package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Python whose native code holds the lock of its threads. */
@Timeout(120)
class HeldLockTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void itIsUnresponsiveMeanwhileAndNotLost() {
        try (Group group = Group.builder().outputListener((id, line) -> {}).start("command=env//python=python3")) {
            Gateway gateway = group.get(0);
            Channel channel = gateway.remoteExec("import ctypes\nctypes.PyDLL(None).sleep(19)\nchannel.send('after')");

            Awaitility.await().atMost(SOON).until(() -> !gateway.isResponsive());
            assertThat(gateway.isAlive()).isTrue();

            assertThat(channel.receive(SOON)).isEqualTo("after");
            Awaitility.await().atMost(SOON).until(gateway::isResponsive);
            assertThat(gateway.isAlive()).isTrue();
        }
    }
}
