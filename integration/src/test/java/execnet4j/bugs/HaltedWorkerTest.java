package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasks.Children;
import tasks.Exits;

/** A worker that was halted with the status of an orderly end left its children behind. */
class HaltedWorkerTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 124, 130})
    void itsChildrenEndWithIt(int status) {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            Channel child = gateway.remoteExec(Children::startAndWait);
            ProcessHandle process = ProcessHandle.of(child.receive(long.class)).orElseThrow();

            gateway.remoteExec(Exits::halt).send(status);

            gateway.join(Duration.ofSeconds(20));
            Awaitility.await().untilAsserted(() -> assertThat(process.isAlive()).isFalse());
        }
    }
}
