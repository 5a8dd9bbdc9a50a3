package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.wire.FrameType;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void anIntervalWithoutAByteIsSilenceAndAnyByteEndsIt() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Heartbeat heartbeat = new Heartbeat(worker.connection());
            heartbeat.tick();
            heartbeat.tick();
            assertThat(heartbeat.silence()).isEqualTo(Heartbeat.INTERVAL.multipliedBy(2));

            worker.sendCut(1, FrameType.HEARTBEAT, 0);

            Awaitility.await().atMost(SOON).until(() -> {
                heartbeat.tick();
                return heartbeat.silence().isZero();
            });
            heartbeat.tick();
            assertThat(heartbeat.silence()).isEqualTo(Heartbeat.INTERVAL);
        }
    }

    @Test
    void beatsAreSentAndDoNotPileUp() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Heartbeat heartbeat = new Heartbeat(worker.connection());
            heartbeat.tick();
            assertThat(worker.take(FrameType.HEARTBEAT, 0).payload()).isEmpty();

            // Far more than the pipe holds, if all of them were to be written.
            IntStream.range(0, 100_000).forEach(i -> heartbeat.tick());

            Channel asked = worker.connection().status();
            int beats = 0;
            for (byte type = worker.take().type();
                    type == FrameType.HEARTBEAT;
                    type = worker.take().type()) {
                beats++;
            }
            assertThat(beats).isLessThan(10_000);
            assertThat(asked.isClosed()).isFalse();
        }
    }
}
