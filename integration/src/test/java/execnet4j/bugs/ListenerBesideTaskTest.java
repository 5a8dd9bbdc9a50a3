package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.OutputListener;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A task's class that also uses a class of its own as an output listener did not load at the worker. */
class ListenerBesideTaskTest {
    @Test
    void theTaskRuns() {
        Silence silence = new Silence();
        try (Group group = Group.builder().outputListener(silence).start("popen")) {
            Gateway gateway = group.get(0);

            assertThat(gateway.remoteExec(channel -> channel.send(1)).receive(Duration.ofSeconds(10)))
                    .isEqualTo(1);
            assertThat(gateway.remoteExec(channel -> channel.send(new Silence().toString()))
                            .receive(Duration.ofSeconds(10)))
                    .isEqualTo("silence");
        }
    }

    static final class Silence implements OutputListener {
        @Override
        public void printed(String gatewayId, String line) {}

        @Override
        public String toString() {
            return "silence";
        }
    }
}
