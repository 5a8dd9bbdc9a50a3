package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.RemoteStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A task whose end had been waited for could still count as executing. */
class StatusAfterTheEndTest {
    @Test
    void noTaskIsCountedAfterItsWaitClose() {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            for (int i = 0; i < 2_000; i++) {
                gateway.remoteExec(channel -> {}).waitClose(Duration.ofSeconds(10));
                assertThat(gateway.remoteStatus()).isEqualTo(new RemoteStatus(0, 0, "thread"));
            }
        }
    }
}
