package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.TerminationReport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One group of many workers: what is to be waited for or kept for each must not add up. */
class ManyGatewaysTest {
    private static final int MANY = 40;
    /** Of ours, at the coordinator, for each. */
    private static final int MOST_THREADS = 3;

    private static final int MEBIBYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @Timeout(180)
    void fortyStartTakeAMebibyteEachAnswerAndEnd() {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        Group group = Group.start(MANY + "*popen");
        try {
            assertThat(group.size()).isEqualTo(MANY);
            long processes = StreamSupport.stream(group.spliterator(), false)
                    .map(gateway -> gateway.remoteInfo().pid())
                    .distinct()
                    .count();
            assertThat(processes).isEqualTo(MANY);
            assertThat(threadsOf(group, others)).hasSizeBetween(1, MOST_THREADS * MANY);

            MultiChannel channels = group.remoteExec(channel -> channel.send(((byte[]) channel.receive()).length));
            channels.sendEach(new byte[MEBIBYTE]);
            assertThat(channels.receiveEach()).isEqualTo(Collections.nCopies(MANY, MEBIBYTE));
            channels.waitClose();
        } finally {
            TerminationReport report = group.terminate(PATIENCE);
            assertThat(report.workers()).hasSize(MANY);
            assertThat(report.allGraceful()).isTrue();
        }
    }

    /** Threads of a test before may still be about to end, under the same names. */
    private static List<String> threadsOf(Group group, Set<Thread> others) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !others.contains(thread))
                .map(Thread::getName)
                .filter(name ->
                        name.startsWith("execnet4j-") && group.contains(name.substring(name.lastIndexOf('-') + 1)))
                .toList();
    }
}
