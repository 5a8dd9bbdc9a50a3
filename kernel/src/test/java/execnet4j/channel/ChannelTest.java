package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.DataFormatException;
import execnet4j.error.DumpException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ConnectionPair pair = ConnectionPair.open();

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    @DisplayName("H03 a queued item, then the end of the stream, for ever")
    void queuedItemThenTheEndForEver() {
        Channel channel = pair.start(task -> task.send(42));
        channel.waitClose(LONG);
        assertThat(channel.receive()).isEqualTo(42);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(channel::receive)
                    .isExactlyInstanceOf(ChannelClosedException.class)
                    .hasMessage("channel 1 is closed: the task ended");
        }
        channel.waitClose();
    }

    @Test
    @DisplayName("H07 an item sent before the failure is received before the error, which comes once")
    void itemThenErrorOnceThenTheEnd() {
        Channel channel = pair.start(task -> {
            task.send("first");
            throw new IllegalArgumentException("no good");
        });
        assertThat(channel.receive()).isEqualTo("first");
        assertThatThrownBy(channel::receive)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("IllegalArgumentException: no good");
        assertThatThrownBy(channel::receive).isExactlyInstanceOf(ChannelClosedException.class);
        channel.waitClose();
    }

    @Test
    @DisplayName("B11 B13 H02 H10 error text begins with a header and names exception and message")
    void errorTextNamesTheException() {
        class OwnException extends Exception {
            private static final long serialVersionUID = 1L;

            OwnException(String message) {
                super(message);
            }
        }
        Channel channel = pair.start(task -> {
            throw new OwnException("my words");
        });
        assertThatThrownBy(channel::receive)
                .isInstanceOf(RemoteTaskException.class)
                .message()
                .startsWith("Traceback")
                .contains("OwnException: my words");
    }

    @Test
    void theErrorIsToldOnceAcrossReceiveAndWaitClose() {
        Channel channel = pair.start(task -> {
            throw new IllegalStateException("fault");
        });
        assertThatThrownBy(channel::waitClose).isInstanceOf(RemoteTaskException.class);
        channel.waitClose();
        assertThatThrownBy(channel::receive).isExactlyInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("B17 H04 waitClose runs out of time while the task runs, then succeeds")
    void waitCloseTimesOutThenSucceeds() {
        CountDownLatch go = new CountDownLatch(1);
        Channel channel = pair.start(task -> go.await());
        assertThatThrownBy(() -> channel.waitClose(SOON)).isInstanceOf(ChannelTimeoutException.class);
        go.countDown();
        channel.waitClose(LONG);
    }

    @Test
    @DisplayName("H05 H06 receive runs out of time and the channel stays usable; a late item still comes")
    void receiveTimesOutAndTheChannelStaysUsable() {
        CountDownLatch go = new CountDownLatch(1);
        Channel channel = pair.start(task -> {
            go.await();
            task.send("late");
        });
        assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOf(ChannelTimeoutException.class);
        assertThatThrownBy(() -> channel.receive(Duration.ZERO)).isInstanceOf(ChannelTimeoutException.class);
        assertThatThrownBy(() -> channel.receive(Duration.ofSeconds(-1))).isInstanceOf(ChannelTimeoutException.class);
        go.countDown();
        assertThat(channel.receive()).isEqualTo("late");
    }

    @Test
    void aZeroTimeoutStillGivesWhatIsThere() {
        Channel channel = pair.start(task -> task.send(1));
        channel.waitClose(LONG);
        assertThat(channel.receive(Duration.ZERO)).isEqualTo(1);
        assertThatThrownBy(() -> channel.receive(Duration.ZERO)).isExactlyInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("H08 a channel closed here satisfies waitClose at once")
    void localCloseSatisfiesWaitClose() {
        Channel channel =
                pair.start(task -> assertThatThrownBy(task::receive).isInstanceOf(ChannelClosedException.class));
        assertThat(channel.isClosed()).isFalse();
        channel.close();
        channel.close();
        channel.waitClose();
        assertThat(channel.isClosed()).isTrue();
    }

    private Channel startWhatReceives(CompletableFuture<RuntimeException> thrown) {
        return pair.start(task -> {
            try {
                task.receive();
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
    }

    @Test
    void closingEndsThePeersReceive() throws Exception {
        CompletableFuture<RuntimeException> thrown = new CompletableFuture<>();
        Channel channel = startWhatReceives(thrown);
        channel.close();
        assertThat(thrown.get()).isExactlyInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("H09 closing with an error makes waitClose throw it, here and there")
    void closingWithAnError() throws Exception {
        CompletableFuture<RuntimeException> thrown = new CompletableFuture<>();
        Channel channel = startWhatReceives(thrown);
        channel.close("that is enough");
        assertThatThrownBy(channel::waitClose)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessage("that is enough");
        assertThat(thrown.get()).isInstanceOf(RemoteTaskException.class).hasMessage("that is enough");
    }

    @Test
    void closingKeepsWhatIsQueued() {
        Channel channel = pair.start(task -> {
            task.send(1);
            task.send(2);
            task.receive();
        });
        assertThat(channel.receive()).isEqualTo(1);
        Channel other = pair.start(task -> {});
        other.waitClose(LONG);
        channel.close();
        assertThat(channel.receive()).isEqualTo(2);
        assertThatThrownBy(channel::receive).isExactlyInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.send(3))
                .isExactlyInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("cannot send");
    }

    @Test
    void aClosedChannelSaysWhy() {
        Channel closed = pair.coordinator().newChannel();
        closed.close();
        assertSaysWhy(closed, "channel 1 is closed: you closed it");
        Channel failed = pair.coordinator().newChannel();
        failed.close("no more\nof this");
        assertThatThrownBy(failed::waitClose).isInstanceOf(RemoteTaskException.class);
        assertSaysWhy(failed, "channel 3 is closed: you closed it with an error: no more");
        Channel ended = pair.start(task -> {});
        ended.waitClose(LONG);
        assertSaysWhy(ended, "channel 5 is closed: the task ended");
        Channel broken = pair.start(task -> {
            throw new IllegalStateException("on purpose");
        });
        assertThatThrownBy(() -> broken.waitClose(LONG)).isInstanceOf(RemoteTaskException.class);
        assertSaysWhy(broken, "channel 7 is closed: the task failed: java.lang.IllegalStateException: on purpose");
        Channel task = pair.start(own -> {
            Channel inner = own.receive(Channel.class);
            inner.close();
            own.receive();
        });
        Channel inner = pair.coordinator().newChannel();
        task.send(inner);
        inner.waitClose(LONG);
        assertSaysWhy(inner, "channel 11 is closed: the other side closed it");
        task.close();
    }

    private static void assertSaysWhy(Channel channel, String message) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(channel::receive)
                    .isExactlyInstanceOf(ChannelClosedException.class)
                    .hasMessage(message);
        }
        assertThatThrownBy(() -> channel.send(1))
                .isExactlyInstanceOf(ChannelClosedException.class)
                .hasMessage("cannot send: " + message);
    }

    @Test
    @DisplayName("G12 G14 waitClose after an empty task returns")
    void waitCloseAfterAnEmptyTask() {
        pair.start(task -> {}).waitClose();
        pair.start(task -> {}).waitClose(LONG);
    }

    @Test
    @DisplayName("G15 sending after the task has ended fails")
    void sendAfterTheEnd() {
        Channel channel = pair.start(task -> {});
        channel.waitClose(LONG);
        assertThatThrownBy(() -> channel.send(1)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.send(1, SOON)).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("G15 whoever was told of the end finds sending ended too, and the channel gone from the table")
    void theEndIsWhole() {
        for (int i = 0; i < 1000; i++) {
            Channel channel = pair.start(task -> {});
            channel.waitClose(LONG);
            assertThat(pair.coordinator().channelCount()).isZero();
            assertThatThrownBy(() -> channel.send(1)).isInstanceOf(ChannelClosedException.class);
        }
    }

    @Test
    @DisplayName("G16 an explicit close within a task is refused and is the task's error")
    void explicitCloseInATaskIsRefused() {
        assertThatThrownBy(() -> pair.start(Channel::close).waitClose(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("explicit");
        assertThatThrownBy(() -> pair.start(task -> task.close("why")).waitClose(LONG))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("explicit");
    }

    @Test
    @DisplayName("H01 sending what cannot be sent is an error where it is sent, and nothing goes out")
    void whatCannotBeSent() {
        Channel channel = pair.start(task -> task.send(new Object()));
        assertThatThrownBy(channel::receive)
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("DumpException")
                .hasMessageContaining("java.lang.Object");
        Channel echo = pair.start(task -> task.send(task.receive()));
        assertThatThrownBy(() -> echo.send(new Thread())).isInstanceOf(DumpException.class);
        echo.send("still works");
        assertThat(echo.receive()).isEqualTo("still works");
    }

    @Test
    @DisplayName("H12 iterating gives every item and ends quietly at an ordinary close")
    void iterating() {
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 100; i++) {
                task.send(i % 10 == 0 ? null : i);
            }
        });
        List<@Nullable Object> all = new ArrayList<>();
        channel.forEach(all::add);
        assertThat(all).hasSize(100).startsWith(null, 1).endsWith(98, 99);
        Iterator<@Nullable Object> iterator = channel.iterator();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void iteratingThrowsTheTasksError() {
        Channel channel = pair.start(task -> {
            task.send(1);
            throw new IllegalStateException("fault");
        });
        Iterator<@Nullable Object> iterator = channel.iterator();
        assertThat(iterator.next()).isEqualTo(1);
        assertThatThrownBy(iterator::hasNext).isInstanceOf(RemoteTaskException.class);
        assertThat(iterator.hasNext()).isFalse();
    }

    @Test
    void iteratingThrowsTheLoss() {
        Channel channel = pair.start(task -> task.receive());
        pair.killWorker();
        Iterator<@Nullable Object> iterator = channel.iterator();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(iterator::hasNext).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void hasNextTakesOneItemHoweverOftenItIsAsked() {
        Channel channel = pair.start(task -> {
            task.send(1);
            task.send(2);
        });
        Iterator<@Nullable Object> iterator = channel.iterator();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.next()).isEqualTo(1);
        assertThat(iterator.next()).isEqualTo(2);
    }

    @Test
    @DisplayName("G25 a lost worker: receive, send and waitClose fail, every time")
    void lossRepeats() {
        Channel channel = pair.start(task -> {
            task.send("last");
            task.receive();
        });
        assertThat(channel.receive()).isEqualTo("last");
        pair.killWorker();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(channel::receive)
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("lost: the connection failed: broken pipe");
            assertThatThrownBy(channel::waitClose).isInstanceOf(GatewayLostException.class);
            assertThatThrownBy(() -> channel.send(1)).isInstanceOf(GatewayLostException.class);
        }
        assertThat(channel.isClosed()).isTrue();
        assertThatThrownBy(() -> pair.coordinator().newChannel()).isInstanceOf(GatewayLostException.class);
        assertThatThrownBy(() -> pair.coordinator().status()).isInstanceOf(GatewayLostException.class);
        assertThat(pair.coordinator().channelCount()).isZero();
    }

    @Test
    @DisplayName("B15 channels of the coordinator are 1, 3, 5, those of the worker 2, 4, 6")
    void ids() {
        assertThat(pair.coordinator().newChannel().id()).isEqualTo(1);
        assertThat(pair.coordinator().newChannel().id()).isEqualTo(3);
        assertThat(pair.coordinator().status().id()).isEqualTo(5);
        assertThat(pair.worker().newChannel().id()).isEqualTo(2);
        assertThat(pair.worker().newChannel().id()).isEqualTo(4);
    }

    @Test
    @DisplayName("G04 G06 asking for status counts channels and leaves none behind")
    void status() {
        Channel busy = pair.start(task -> task.receive());
        Channel status = pair.coordinator().status();
        assertThat(status.receive(LONG)).isEqualTo(Map.of("numchannels", 1, "numexecuting", 0, "execmodel", "thread"));
        status.waitClose(LONG);
        assertThat(pair.coordinator().channelCount()).isEqualTo(1);
        busy.close();
        assertThat(pair.coordinator().channelCount()).isZero();
    }

    @Test
    void stringForm() {
        Channel channel = pair.start(task -> task.receive());
        assertThat(channel).hasToString("<Channel id=1 open>");
        channel.close();
        assertThat(channel).hasToString("<Channel id=1 closed>");
        assertThat(channel.gateway().id()).isEqualTo("gw0");
    }

    @Test
    void receiveConvertsExactlyOrThrows() {
        Channel channel = pair.start(task -> {
            task.send(7);
            task.send(1L << 40);
            task.send("text");
            task.send(null);
            task.send(2.0);
        });
        assertThat(channel.receive(Long.class)).isEqualTo(7L);
        assertThatThrownBy(() -> channel.receive(int.class)).isInstanceOf(DataFormatException.class);
        assertThatThrownBy(() -> channel.receive(Integer.class, LONG)).isInstanceOf(DataFormatException.class);
        assertThat(channel.receive(String.class)).isNull();
        assertThat(channel.receive(BigInteger.class, LONG)).isEqualTo(BigInteger.TWO);
        assertThatThrownBy(() -> channel.receive(String.class)).isInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("G32 G33 tasks run at once and send without mixing up")
    void tasksAtOnce() {
        List<Channel> channels = new ArrayList<>();
        for (int t = 0; t < 5; t++) {
            String text = "x".repeat(1000 * t);
            channels.add(pair.start(task -> {
                for (int i = 0; i < 300; i++) {
                    task.send(text + i);
                }
            }));
        }
        for (int t = 0; t < 5; t++) {
            String text = "x".repeat(1000 * t);
            int i = 0;
            for (Object item : channels.get(t)) {
                assertThat(item).isEqualTo(text + i++);
            }
            assertThat(i).isEqualTo(300);
        }
    }

    @Test
    void anExceptionThatCannotBeDescribedStillEndsItsTask() {
        Channel channel = pair.start(task -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new UnsupportedOperationException("no message");
                }
            };
        });
        assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(RemoteTaskException.class);
    }

    @Test
    void anErrorWhoseTextIsNoUnicodeStillEndsItsTask() {
        for (String text : new String[] {"lone \ud800 surrogate", "x" + "\ud83d\ude00".repeat(1 << 16)}) {
            Channel channel = pair.start(task -> {
                throw new IllegalStateException(text);
            });
            assertThatThrownBy(() -> channel.waitClose(LONG))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("IllegalStateException");
            Channel ours = pair.start(task -> task.receive());
            ours.close(text);
        }
    }
}
