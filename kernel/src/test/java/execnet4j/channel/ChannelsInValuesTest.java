package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.DumpException;
import execnet4j.serial.Tuple;
import execnet4j.wire.FrameType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelsInValuesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ConnectionPair pair = ConnectionPair.open();

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    @DisplayName("H13 G17 a channel sent inside a value is used at the other side at once")
    void usedAtOnce() {
        Channel task = pair.start(channel -> {
            Tuple tuple = next(channel, Tuple.class);
            Channel inner = channelIn(tuple, 1);
            inner.send("hello " + tuple.get(0));
            assertThat(inner.receive()).isEqualTo("bye");
            inner.close();
        });
        Channel inner = pair.coordinator().newChannel();
        task.send(Tuple.of("world", inner));
        assertThat(inner.receive(LONG)).isEqualTo("hello world");
        inner.send("bye");
        inner.waitClose(LONG);
        task.waitClose(LONG);
    }

    @Test
    @DisplayName("H14 a channel sent over itself and back is the same object")
    void sameObjectBack() {
        Channel task = pair.start(channel -> {
            assertThat(channel.receive()).isSameAs(channel);
            channel.send(Map.of("self", channel));
        });
        task.send(task);
        assertThat(task.receive(LONG)).isEqualTo(Map.of("self", task));
        task.waitClose(LONG);
    }

    @Test
    @DisplayName("H15 a channel made remotely delivers its item; afterwards neither table keeps it")
    void madeRemotely() {
        Channel task = pair.start(channel -> {
            Channel made = channel.gateway().newChannel();
            channel.send(List.of(made));
            made.send("from afar");
            made.close();
        });
        Channel made = (Channel) next(task, List.class).get(0);
        assertThat(made.id()).isEqualTo(2);
        assertThat(made.receive(LONG)).isEqualTo("from afar");
        assertThatThrownBy(made::receive).isExactlyInstanceOf(ChannelClosedException.class);
        task.waitClose(LONG);
        Awaitility.await().until(() -> pair.worker().channelCount() == 0);
        assertThat(pair.coordinator().channelCount()).isZero();
    }

    @Test
    @DisplayName("H16 B16 a channel is registered before the next frame, whenever its item is decoded")
    void registeredBeforeTheNextFrame() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.send(FrameType.DATA, 1, ScriptedPeer.channels(2));
            worker.data(2, "early");
            worker.send(FrameType.CLOSE, 2);
            worker.settle();
            assertThat(worker.connection().channelCount()).isEqualTo(1);
            Channel named = channelIn(next(channel, Tuple.class), 0);
            assertThat(named.isClosed()).isTrue();
            assertThat(named.receive()).isEqualTo("early");
            assertThatThrownBy(named::receive).isExactlyInstanceOf(ChannelClosedException.class);
        }
    }

    @Test
    void theSameChannelNamedAgainIsTheSameObject() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.send(FrameType.DATA, 1, ScriptedPeer.channels(2, 1, 2));
            worker.send(FrameType.DATA, 1, ScriptedPeer.channels(2));
            Tuple first = next(channel, Tuple.class);
            assertThat(first.get(0))
                    .isSameAs(first.get(2))
                    .isSameAs(next(channel, Tuple.class).get(0));
            assertThat(first.get(1)).isSameAs(channel);
            assertThat(worker.connection().channelCount()).isEqualTo(2);
        }
    }

    @Test
    void oneOfOursThatIsGoneComesBackClosed() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            Channel gone = worker.connection().newChannel();
            gone.close();
            worker.send(FrameType.DATA, 1, ScriptedPeer.channels(gone.id()));
            Channel back = channelIn(next(channel, Tuple.class), 0);
            assertThat(back.id()).isEqualTo(3);
            assertThat(back.isClosed()).isTrue();
            assertThatThrownBy(back::receive).isExactlyInstanceOf(ChannelClosedException.class);
            assertThatThrownBy(() -> back.send(1)).isExactlyInstanceOf(ChannelClosedException.class);
            back.close();
            assertThat(worker.settle()).containsExactly("CHANNEL_CLOSE 3");
            assertThat(worker.connection().channelCount()).isEqualTo(1);
        }
    }

    @Test
    void idsThatAreNoneAreAViolation() {
        for (int id : new int[] {0, -1, -2, Integer.MIN_VALUE}) {
            try (ScriptedPeer worker = ScriptedPeer.worker()) {
                Channel unused = worker.connection().newChannel();
                worker.send(FrameType.DATA, 1, ScriptedPeer.channels(id));
                assertThat(worker.awaitLoss().reason()).contains("an id it may not use: " + id);
            }
        }
    }

    @Test
    void aChannelOfAnotherGatewayIsRefusedBeforeAnythingIsSent() {
        try (ConnectionPair other = ConnectionPair.open()) {
            Channel here = pair.start(task -> task.send(task.receive()));
            Channel there = other.coordinator().newChannel();
            assertThatThrownBy(() -> here.send(List.of(there)))
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("another gateway");
            here.send("fine");
            assertThat(here.receive(LONG)).isEqualTo("fine");
        }
    }

    @Test
    void aClosedChannelIsRefused() {
        Channel channel = pair.start(Channel::receive);
        Channel closed = pair.coordinator().newChannel();
        closed.close();
        assertThatThrownBy(() -> channel.send(closed))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("closed");
        channel.close();
    }

    @Test
    @DisplayName("H19 a callback stays active after the local object was dropped")
    void aCallbackOutlivesTheReference() throws Exception {
        BlockingQueue<@Nullable Object> got = new LinkedBlockingQueue<>();
        Channel task = pair.start(channel -> {
            Channel inner = next(channel, Channel.class);
            assertThat(channel.receive()).isEqualTo("go");
            inner.send("still heard");
            inner.close();
        });
        sendOneWithCallback(task, got);
        System.gc();
        task.send("go");
        assertThat(got.poll(10, TimeUnit.SECONDS)).isEqualTo("still heard");
        assertThat(got.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
    }

    private void sendOneWithCallback(Channel task, BlockingQueue<@Nullable Object> got) {
        Channel inner = pair.coordinator().newChannel();
        inner.setCallback(item -> got.add(String.valueOf(item)), "end");
        task.send(inner);
    }

    private static <T> T next(Channel channel, Class<T> type) {
        return Objects.requireNonNull(channel.receive(type, LONG));
    }

    private static Channel channelIn(Tuple tuple, int index) {
        return (Channel) Objects.requireNonNull(tuple.get(index));
    }
}
