package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.channel.Heartbeat;
import execnet4j.protocol.Offer;
import execnet4j.protocol.WorkerInfo;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameReader;
import execnet4j.wire.FrameType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreetingTest {
    @Test
    void aCoordinatorOfOursIsToldAtOnceThatTheWorkerIsReadyAndWhatItIs() throws IOException {
        ByteArrayInputStream said = new ByteArrayInputStream(greeting(true));

        assertThat(said.read()).isEqualTo(Offer.READY);
        FrameReader frames = new FrameReader(said);
        Frame hello = frames.read();
        assertThat(hello).isNotNull();
        assertThat(hello.type()).isEqualTo(FrameType.HELLO);
        assertThat(hello.channelId()).isZero();
        Object facts = ValueReader.read(hello.payload(), ChannelResolver.NONE, ReadOptions.DEFAULT);
        assertThat(WorkerInfo.of(facts)).isEqualTo(WorkerInfo.ofThisProcess());
        assertThat((Map<?, ?>) facts).extracting(Heartbeat.FIELD).isEqualTo(true);
        assertThat(frames.read()).isNull();
    }

    @Test
    void aStockMasterIsToldNothingThatItDoesNotKnow() throws IOException {
        assertThat(greeting(false)).containsExactly((byte) Offer.READY);
    }

    private static byte[] greeting(boolean isOurs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Greeting.say(out, new Offer("gw0", "thread", null, null, null), isOurs);
        return out.toByteArray();
    }
}
