package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.ChannelItem;
import execnet4j.MultiChannel;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.DataFormatException;
import execnet4j.error.MultiChannelException;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedWorkers.class)
@ParameterizedClass(name = "{0}")
@EnumSource(WorkerPair.class)
class MultiChannelTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Parameter
    WorkerPair pair = WorkerPair.JVM;

    private static ChannelItem take(BlockingQueue<ChannelItem> queue) throws InterruptedException {
        ChannelItem item = queue.poll(20, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("nothing came");
        }
        return item;
    }

    @Test
    @DisplayName("M01 size, iteration in order, index, membership")
    void container() {
        Channel one = pair.first().newChannel();
        Channel two = pair.second().newChannel();
        Channel other = pair.first().newChannel();
        MultiChannel channels = MultiChannel.of(one, two);

        assertThat(channels.size()).isEqualTo(2);
        assertThat(channels).containsExactly(one, two);
        assertThat(channels.get(0)).isSameAs(one);
        assertThat(channels.get(1)).isSameAs(two);
        assertThat(channels.contains(two)).isTrue();
        assertThat(channels.contains(other)).isFalse();
        assertThat(MultiChannel.of(List.of(two, one))).containsExactly(two, one);
        assertThatThrownBy(() -> channels.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        channels.forEach(Channel::close);
        other.close();
    }

    @Test
    @DisplayName("M02 receiveEach gives one item of each channel, with the channel if wanted, or as a type")
    void receiveEach() {
        MultiChannel channels = pair.exec(
                channel -> {
                    channel.send("a");
                    channel.send("b");
                    channel.send(3);
                    channel.send(null);
                },
                "for item in 'a', 'b', 3, None: channel.send(item)");

        assertThat(channels.receiveEach()).containsExactly("a", "a");
        assertThat(channels.receiveEachWithChannel(SOON))
                .containsExactly(new ChannelItem(channels.get(0), "b"), new ChannelItem(channels.get(1), "b"));
        assertThat(channels.receiveEach(long.class, SOON)).containsExactly(3L, 3L);
        assertThat(channels.receiveEach(SOON)).containsExactly(null, null);
        channels.waitClose(SOON);
    }

    @Test
    @DisplayName("M02 what receiveEach gives as a type can be summed")
    void sum() {
        MultiChannel both = MultiChannel.of(
                Workers.exec(pair.first(), channel -> channel.send(1), "channel.send(1)"),
                Workers.exec(pair.second(), channel -> channel.send(2), "channel.send(2)"));

        assertThat(both.receiveEach(Integer.class, SOON).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(3);
        both.waitClose(SOON);
    }

    @Test
    @DisplayName("M03 sendEach, then receiveEach, over two workers")
    void sendEach() {
        MultiChannel channels = pair.exec(
                channel -> channel.send(
                        channel.receive(int.class) + ProcessHandle.current().pid()),
                "import os; channel.send(channel.receive() + os.getpid())");

        channels.sendEach(1000, SOON);

        assertThat(channels.receiveEach(long.class, SOON))
                .containsExactly(
                        1000 + pair.first().remoteInfo().pid(),
                        1000 + pair.second().remoteInfo().pid());
        channels.waitClose(SOON);
    }

    @Test
    void sendEachTriesEveryChannelAndNamesThoseThatFailed() {
        MultiChannel channels =
                pair.exec(channel -> channel.send(channel.receive()), "channel.send(channel.receive())");
        Channel closed = pair.first().newChannel();
        closed.close();
        MultiChannel three = MultiChannel.of(channels.get(0), closed, channels.get(1));

        assertThatThrownBy(() -> three.sendEach("x"))
                .isInstanceOf(MultiChannelException.class)
                .hasMessageContaining("1 of 3")
                .hasMessageContaining("<Channel id=" + closed.id() + " closed>");
        assertThat(channels.receiveEach(SOON)).containsExactly("x", "x");
        channels.waitClose(SOON);
    }

    @Test
    void aFailingReceiveEachCarriesWhatWasReceived() {
        Channel good = Workers.exec(pair.first(), channel -> channel.send(1), "channel.send(1)");
        Channel bad = Workers.exec(
                pair.second(),
                channel -> {
                    throw new IllegalStateException("second");
                },
                "raise ValueError('second')");

        assertThatThrownBy(() -> MultiChannel.of(good, bad).receiveEach(SOON))
                .isInstanceOfSatisfying(MultiChannelException.class, e -> {
                    assertThat(e.received()).isEqualTo(List.of(1));
                    assertThat(e).hasCauseInstanceOf(RemoteTaskException.class);
                    assertThat(e).hasMessageContaining(pair.second().id()).hasMessageContaining("second");
                });
        Channel text = Workers.exec(pair.first(), channel -> channel.send("text"), "channel.send('text')");
        assertThatThrownBy(() -> MultiChannel.of(text).receiveEach(int.class, SOON))
                .isInstanceOf(MultiChannelException.class)
                .hasCauseInstanceOf(DataFormatException.class);
        good.waitClose(SOON);
        text.waitClose(SOON);
    }

    @Test
    @DisplayName("M05 the receive queue gives items with their channels, of distinct workers")
    void receiveQueue() throws Exception {
        MultiChannel channels = pair.exec(
                channel -> channel.send(ProcessHandle.current().pid()), "import os; channel.send(os.getpid())");
        BlockingQueue<ChannelItem> queue = channels.makeReceiveQueue();

        Set<@Nullable Object> values = new HashSet<>();
        Set<Channel> from = new HashSet<>();
        for (ChannelItem item : List.of(queue.take(), take(queue))) {
            values.add(item.value());
            from.add(item.channel());
        }

        assertThat(from).containsExactlyInAnyOrder(channels.get(0), channels.get(1));
        assertThat(values).hasSize(2);
        assertThat(queue.poll(50, TimeUnit.MILLISECONDS)).isNull();
        channels.waitClose(SOON);
        assertThat(queue.poll()).as("no endmarker was wanted").isNull();
        assertThatThrownBy(() -> channels.get(0).receive()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(channels::makeReceiveQueue).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theQueueHasWhatWaitedInOrderAndOneEndMarkerForEachChannelWhoeverFails() throws Exception {
        Channel good = Workers.exec(
                pair.first(),
                channel -> {
                    for (int i = 0; i < 3; i++) {
                        channel.send(i);
                    }
                },
                "for i in range(3): channel.send(i)");
        Channel bad = Workers.exec(
                pair.second(),
                channel -> {
                    channel.send("x");
                    throw new IllegalStateException("bad");
                },
                "channel.send('x'); raise ValueError('bad')");
        good.waitClose(SOON);
        MultiChannel channels = MultiChannel.of(good, bad);
        BlockingQueue<ChannelItem> queue = channels.makeReceiveQueue((Object) null);

        StringBuilder ofGood = new StringBuilder();
        StringBuilder ofBad = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            ChannelItem item = take(queue);
            (item.channel() == good ? ofGood : ofBad).append(item.value()).append(' ');
        }

        assertThat(ofGood).hasToString("0 1 2 null ");
        assertThat(ofBad).hasToString("x null ");
        assertThat(queue.poll()).isNull();
        assertThatThrownBy(() -> channels.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("bad");
    }

    @Test
    @DisplayName(
            "M06 waitClose waits for each, also after one failed, and throws the first error with the others in it")
    void waitClose() {
        Channel failed = Workers.exec(
                pair.first(),
                channel -> {
                    throw new IllegalStateException("one");
                },
                "raise ValueError('one')");
        Channel open = Workers.exec(
                pair.second(),
                channel -> {
                    channel.receive();
                    throw new IllegalStateException("two");
                },
                "channel.receive(); raise ValueError('two')");
        MultiChannel channels = MultiChannel.of(failed, open);

        assertThatThrownBy(() -> MultiChannel.of(open).waitClose(Duration.ofMillis(50)))
                .isInstanceOf(ChannelTimeoutException.class);
        open.send(null);

        assertThatThrownBy(() -> channels.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("one")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessageContaining("two")));
        assertThat(open.isClosed()).isTrue();
        channels.waitClose(SOON);
        assertThatThrownBy(() -> channels.receiveEach())
                .isInstanceOf(MultiChannelException.class)
                .hasCauseInstanceOf(ChannelClosedException.class);
    }
}
