package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.RemoteTask;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.serial.Bytes;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starting a task at a worker that is stopped waits once too much waits for it, and no longer than it may. */
@Timeout(60)
class RemoteExecTimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int MORE_THAN_THERE_IS_ROOM_FOR = 40;

    @Test
    void aStoppedWorkerHoldsNobody() throws Exception {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            Processes.signal("STOP", gateway.remoteInfo().pid());
            Bytes large = Bytes.of(new byte[4 << 20]);
            RemoteTask task = channel -> channel.send(large.size());

            assertTimesOut(() -> gateway.remoteExec(task, SHORT));
            assertTimesOut(() -> group.remoteExec(task, SHORT));
            group.terminate(Duration.ZERO);
        }
    }

    private static void assertTimesOut(ThrowingCallable start) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < MORE_THAN_THERE_IS_ROOM_FOR; i++) {
                        start.call();
                    }
                })
                .isInstanceOf(ChannelTimeoutException.class);
    }
}
