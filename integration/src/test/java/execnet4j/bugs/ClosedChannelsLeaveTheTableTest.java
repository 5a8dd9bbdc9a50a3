package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who was woken by the end of a channel could still find it among the gateway's open ones. */
class ClosedChannelsLeaveTheTableTest {
    @Test
    void noChannelIsCountedAfterItsWaitClose() {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            for (int i = 0; i < 3_000; i++) {
                gateway.remoteExec(channel -> {}).waitClose(Duration.ofSeconds(10));
                assertThat(gateway.toString()).contains(" 0 active channels");
            }
        }
    }
}
