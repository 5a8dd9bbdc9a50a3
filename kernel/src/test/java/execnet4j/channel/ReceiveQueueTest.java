package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.RemoteTaskException;
import execnet4j.wire.FrameType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReceiveQueueTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private record Element(Channel channel, @Nullable Object value) {}

    private final ConnectionPair pair = ConnectionPair.open();

    @AfterEach
    void close() {
        pair.close();
    }

    private static BlockingQueue<Element> queue(Channel... channels) {
        return ReceiveQueue.of(List.of(channels), Element::new);
    }

    private static BlockingQueue<Element> queueWithEnd(@Nullable Object end, Channel... channels) {
        return ReceiveQueue.of(List.of(channels), Element::new, end);
    }

    @Test
    @DisplayName("M05 the queue yields pairs of channel and item, each channel's in its order")
    void itemsOfSeveralChannels() throws Exception {
        Channel[] channels = new Channel[3];
        for (int c = 0; c < 3; c++) {
            int own = c;
            channels[c] = pair.start(task -> {
                for (int i = 0; i < 100; i++) {
                    task.send(own * 1000 + i);
                }
            });
        }
        BlockingQueue<Element> queue = queueWithEnd(-1, channels);
        Map<Channel, List<@Nullable Object>> got = new HashMap<>();
        for (int i = 0; i < 303; i++) {
            Element element = queue.poll(10, TimeUnit.SECONDS);
            assertThat(element).isNotNull();
            got.computeIfAbsent(element.channel(), each -> new ArrayList<>()).add(element.value());
        }
        for (int c = 0; c < 3; c++) {
            List<@Nullable Object> own = got.getOrDefault(channels[c], List.of());
            assertThat(own).hasSize(101).endsWith(-1);
            for (int i = 0; i < 100; i++) {
                assertThat(own.get(i)).isEqualTo(c * 1000 + i);
            }
        }
        assertThat(queue).isEmpty();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void whatIsQueuedBeforeComesFirstAndTheEndOnceHoweverItComes() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel[] channels = new Channel[6];
            for (int i = 0; i < channels.length; i++) {
                channels[i] = worker.connection().newChannel();
                worker.data(channels[i].id(), i);
            }
            worker.send(FrameType.CLOSE, 1);
            worker.settle();
            BlockingQueue<Element> queue = queueWithEnd(null, channels);
            assertThat(queue.take()).isEqualTo(new Element(channels[0], 0));
            assertThat(queue.take()).isEqualTo(new Element(channels[0], null));
            for (int i = 1; i < channels.length; i++) {
                assertThat(queue.take()).isEqualTo(new Element(channels[i], i));
            }
            worker.send(FrameType.CLOSE, 3);
            worker.value(FrameType.CLOSE_ERROR, 5, "failed");
            worker.send(FrameType.LAST_MESSAGE, 7);
            worker.send(FrameType.CLOSE, 7);
            worker.settle();
            channels[4].close();
            for (int i = 1; i < 5; i++) {
                assertThat(queue.take()).isEqualTo(new Element(channels[i], null));
            }
            worker.endOutput();
            assertThat(queue.take()).isEqualTo(new Element(channels[5], null));
            assertThat(queue.poll(50, TimeUnit.MILLISECONDS)).isNull();
            assertThatThrownBy(channels[2]::waitClose)
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessage("failed");
        }
    }

    @Test
    void withoutAnEndMarkerTheEndIsNoElement() throws Exception {
        Channel channel = pair.start(task -> task.send(null));
        BlockingQueue<Element> queue = queue(channel);
        channel.waitClose(LONG);
        assertThat(queue.take()).isEqualTo(new Element(channel, null));
        assertThat(queue.poll(50, TimeUnit.MILLISECONDS)).isNull();
        Channel ended = pair.start(task -> task.send(1));
        ended.waitClose(LONG);
        assertThat(queue(ended)).hasSize(1);
    }

    @Test
    void aTakerIsWokenAndAPollHeedsItsTime() throws Exception {
        Channel channel = pair.start(task -> task.send(task.receive()));
        BlockingQueue<Element> queue = queue(channel);
        assertThat(queue.poll(20, TimeUnit.MILLISECONDS)).isNull();
        CompletableFuture<Element> taken = new CompletableFuture<>();
        Thread taker = DaemonThreads.start("execnet4j-taker", () -> {
            try {
                taken.complete(queue.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        Awaitility.await().until(() -> taker.getState() == Thread.State.WAITING);
        channel.send("woken");
        assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo(new Element(channel, "woken"));
    }

    @Test
    void takersShareTheElements() {
        int count = 4000;
        Channel channel = pair.start(task -> {
            for (int i = 0; i < count; i++) {
                task.send(i);
            }
        });
        BlockingQueue<Element> queue = queue(channel);
        ConcurrentLinkedQueue<Object> got = new ConcurrentLinkedQueue<>();
        for (int t = 0; t < 3; t++) {
            DaemonThreads.pool().execute(() -> {
                try {
                    for (Element next = queue.poll(1, TimeUnit.SECONDS);
                            next != null;
                            next = queue.poll(1, TimeUnit.SECONDS)) {
                        got.add(String.valueOf(next.value()));
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        Awaitility.await().until(() -> got.size() == count);
        assertThat(got).doesNotHaveDuplicates();
    }

    @Test
    void drainTo() {
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 5; i++) {
                task.send(i);
            }
        });
        BlockingQueue<Element> queue = queue(channel);
        channel.waitClose(LONG);
        List<Element> drained = new ArrayList<>();
        assertThat(queue.drainTo(drained, 0)).isZero();
        assertThat(queue.drainTo(drained, 2)).isEqualTo(2);
        assertThat(queue.drainTo(drained)).isEqualTo(3);
        assertThat(drained).extracting(Element::value).containsExactly(0, 1, 2, 3, 4);
        assertThat(queue.drainTo(drained)).isZero();
        assertThat(queue.remainingCapacity()).isZero();
    }

    @Test
    void aChannelGivesItsItemsToOneTakerOnly() {
        Channel channel = pair.start(Channel::receive);
        Channel free = pair.coordinator().newChannel();
        BlockingQueue<Element> unused = queue(channel);
        assertThatThrownBy(() -> queue(free, channel))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> channel.setCallback(item -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(channel::receive).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> free.receive(Duration.ZERO))
                .as("one that could have been taken was not")
                .isInstanceOf(ChannelTimeoutException.class);
        channel.close();
    }

    @Test
    void aChannelThatStandsTwiceIsTakenOnce() throws Exception {
        Channel channel = pair.start(task -> task.send(1));
        BlockingQueue<Element> queue = queueWithEnd("end", channel, channel);
        assertThat(queue.take().value()).isEqualTo(1);
        assertThat(queue.take().value()).isEqualTo("end");
        assertThat(queue.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void waitCloseDoesNotWaitForTheElementsToBeTaken() throws Exception {
        Channel channel = pair.start(task -> task.send(1));
        BlockingQueue<Element> queue = queueWithEnd("end", channel);
        channel.waitClose(LONG);
        assertThat(queue.take().value()).isEqualTo(1);
        assertThat(queue.take().value()).isEqualTo("end");
    }

    @Test
    void whatAQueueOfChannelsCannotDoIsSaid() {
        BlockingQueue<Element> queue = queue(pair.coordinator().newChannel());
        Element element = new Element(pair.coordinator().newChannel(), 1);
        assertThatThrownBy(() -> queue.offer(element)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.add(element)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.put(element)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.offer(element, 1, TimeUnit.SECONDS))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(queue::peek).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(queue::iterator).isInstanceOf(UnsupportedOperationException.class);
        assertThat(queue).hasToString("<ReceiveQueue of 0 items>");
    }
}
