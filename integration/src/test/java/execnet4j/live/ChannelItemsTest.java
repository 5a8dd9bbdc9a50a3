package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Channel;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.DataFormatException;
import execnet4j.error.DumpException;
import execnet4j.error.RemoteTaskException;
import execnet4j.serial.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OverEveryPeer
class ChannelItemsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Parameter
    PeerKind kind = PeerKind.MEMORY;

    private Peer peer() {
        return kind.peer();
    }

    @Test
    @DisplayName("H01 sending what is no value fails in the task, and its starter is told what and why")
    void noValue() {
        Channel channel = peer().exec(remote -> remote.send(new Thread("never started")), "channel.send(object())");

        assertThatThrownBy(() -> channel.receive(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("serialize")
                .hasMessageContaining(kind.runsPython() ? "object" : "java.lang.Thread");
    }

    @Test
    @DisplayName("H01 what is no value is refused here before anything is sent, and the channel goes on")
    void noValueHere() {
        Channel channel = peer().exec(remote -> remote.send(remote.receive()), "channel.send(channel.receive())");

        assertThatThrownBy(() -> channel.send(List.of(1, new Object())))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("[1]")
                .hasMessageContaining("java.lang.Object");
        channel.send("still here");
        assertThat(channel.receive(SOON)).isEqualTo("still here");
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H02 B05 B13 receive on a channel whose task threw throws its error")
    void taskFailed() {
        Channel channel = peer().exec(
                        remote -> {
                            throw new IOException("disk on fire");
                        },
                        "raise OSError('disk on fire')");

        assertThatThrownBy(() -> channel.receive(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining(kind.runsPython() ? "OSError: disk on fire" : "IOException: disk on fire");
    }

    @Test
    @DisplayName("H03 a queued item first, then the end, and the end again on every later receive")
    void queuedItemThenEnd() {
        Channel channel = peer().exec(remote -> remote.send(42), "channel.send(42)");
        channel.waitClose(SOON);

        assertThat(channel.receive(SOON)).isEqualTo(42);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> channel.receive()).isExactlyInstanceOf(ChannelClosedException.class);
        }
    }

    @Test
    @DisplayName("H04 B17 waitClose times out while the task runs, then returns once it ends")
    void waitClose() {
        Channel channel = peer().exec(remote -> remote.receive(), "channel.receive()");

        assertThatThrownBy(() -> channel.waitClose(SHORT)).isInstanceOf(ChannelTimeoutException.class);
        assertThat(channel.isClosed()).isFalse();
        channel.send(null);
        channel.waitClose(SOON);
        assertThat(channel.isClosed()).isTrue();
    }

    @Test
    @DisplayName("H05 B05 receive with a timeout throws when it runs out, and the channel stays usable")
    void receiveTimesOut() {
        Channel channel = peer().exec(remote -> remote.send(remote.receive()), "channel.send(channel.receive())");

        assertThatThrownBy(() -> channel.receive(SHORT)).isInstanceOf(ChannelTimeoutException.class);
        assertThatThrownBy(() -> channel.receive(Duration.ZERO)).isInstanceOf(ChannelTimeoutException.class);
        channel.send(7);
        assertThat(channel.receive(SOON)).isEqualTo(7);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H06 an item that comes late is still received by a receive without a timeout")
    void lateItem() throws Exception {
        Channel channel = peer().exec(remote -> remote.send(remote.receive()), "channel.send(channel.receive())");
        CompletableFuture<Object> received = new CompletableFuture<>();
        Thread receiver = new Thread(() -> received.complete(channel.receive()));
        receiver.start();
        Awaitility.await()
                .until(() -> receiver.getState() == Thread.State.TIMED_WAITING
                        || receiver.getState() == Thread.State.WAITING);

        channel.send("late");

        assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo("late");
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H07 an item sent before the failure is received before the error, which is told once")
    void itemBeforeError() {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send(1);
                            throw new IllegalStateException("after the item");
                        },
                        """
                channel.send(1)
                raise ValueError('after the item')
                """);

        assertThat(channel.receive(SOON)).isEqualTo(1);
        assertThatThrownBy(() -> channel.receive(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("after the item");
        assertThatThrownBy(() -> channel.receive(SOON)).isExactlyInstanceOf(ChannelClosedException.class);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H07 the error that waitClose has told is not told by receive again, and items wait still")
    void errorToldByWaitClose() {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send(1);
                            throw new IllegalStateException("told once");
                        },
                        """
                channel.send(1)
                raise ValueError('told once')
                """);

        assertThatThrownBy(() -> channel.waitClose(SOON)).isInstanceOf(RemoteTaskException.class);
        assertThat(channel.receive(SOON)).isEqualTo(1);
        assertThatThrownBy(() -> channel.receive(SOON)).isExactlyInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("H08 a channel that was closed here satisfies waitClose at once, refuses sends and says so twice")
    void closedHere() {
        Channel channel = peer().newChannel();
        assertThat(channel.isClosed()).isFalse();
        assertThat(channel).hasToString("<Channel id=" + channel.id() + " open>");

        channel.close();
        channel.close();
        channel.waitClose(SHORT);

        assertThat(channel.isClosed()).isTrue();
        assertThat(channel).hasToString("<Channel id=" + channel.id() + " closed>");
        assertThatThrownBy(() -> channel.send(1)).isInstanceOf(ChannelClosedException.class);
        assertThatThrownBy(() -> channel.receive(SHORT)).isExactlyInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("H09 closing with an error makes the other side's receive or waitClose throw it")
    void closedWithError() {
        Channel starter = peer().exec(
                        remote -> {
                            Channel given = remote.receive(Channel.class);
                            remote.send("ready");
                            try {
                                given.waitClose();
                            } catch (RemoteTaskException e) {
                                remote.send("told: " + e.getMessage());
                            }
                        },
                        """
                given = channel.receive()
                channel.send('ready')
                try:
                    given.waitclose()
                except channel.RemoteError as e:
                    channel.send('told: %s' % e)
                """);
        Channel given = peer().newChannel();
        starter.send(given);
        assertThat(starter.receive(SOON)).isEqualTo("ready");

        given.close("out of paper");

        assertThat(starter.receive(SOON)).isEqualTo("told: out of paper");
        assertThatThrownBy(() -> given.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessage("out of paper");
        starter.waitClose(SOON);
    }

    @Test
    @DisplayName("H10 B11 the text of a remote error is a traceback that names a user's own exception and its message")
    void errorText() {
        Channel channel = peer().exec(
                        remote -> {
                            throw new OutOfPaperException("tray 2");
                        },
                        """
                class OutOfPaperException(Exception):
                    pass
                raise OutOfPaperException('tray 2')
                """);

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageStartingWith(
                        kind.runsPython() ? "Traceback (most recent call last):\n" : "Traceback of the remote code:\n")
                .hasMessageContaining("OutOfPaperException: tray 2");
    }

    @Test
    @DisplayName("H12 iterating yields every item and ends cleanly at the close")
    void iteration() {
        Channel channel = peer().exec(
                        remote -> {
                            for (int i = 0; i < 5; i++) {
                                remote.send(i == 3 ? null : i);
                            }
                        },
                        """
                for i in range(5):
                    channel.send(None if i == 3 else i)
                """);

        List<Object> items = new ArrayList<>();
        for (Object item : channel) {
            items.add(item);
        }

        assertThat(items).containsExactly(0, 1, 2, null, 4);
        assertThat(channel.iterator().hasNext()).isFalse();
    }

    @Test
    @DisplayName("H12 iterating throws the task's error after the items, and ends cleanly after that")
    void iterationOverFailure() {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send(1);
                            throw new IllegalStateException("midway");
                        },
                        """
                channel.send(1)
                raise ValueError('midway')
                """);
        Iterator<Object> items = channel.iterator();

        assertThat(items.next()).isEqualTo(1);
        assertThatThrownBy(items::hasNext).isInstanceOf(RemoteTaskException.class);
        assertThat(items.hasNext()).isFalse();
    }

    @Test
    @DisplayName("H13 channels sent inside a tuple can be used at the other side at once")
    void channelsInATuple() {
        Channel channel = peer().exec(
                        remote -> {
                            Tuple both = remote.receive(Tuple.class);
                            ((Channel) both.get(0)).send(1);
                            ((Channel) both.get(1)).send(2);
                        },
                        """
                one, two = channel.receive()
                one.send(1)
                two.send(2)
                """);
        Channel one = peer().newChannel();
        Channel two = peer().newChannel();

        channel.send(Tuple.of(one, two));

        assertThat(one.receive(SOON)).isEqualTo(1);
        assertThat(two.receive(SOON)).isEqualTo(2);
        channel.waitClose(SOON);
        one.close();
        two.close();
    }

    @Test
    @DisplayName(
            "H13 a channel deep inside a map is registered before the next frame is handled, even if it is decoded late")
    void channelUsedBeforeItIsDecoded() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel fresh = remote.gateway().newChannel();
                            remote.send(Map.of("deep", List.of(fresh)));
                            fresh.send("early");
                            fresh.close();
                        },
                        """
                fresh = channel.gateway.newchannel()
                channel.send({'deep': [fresh]})
                fresh.send('early')
                fresh.close()
                """);
        channel.waitClose(SOON);

        Map<?, ?> map = channel.receive(Map.class, SOON);
        Channel fresh = (Channel) ((List<?>) map.get("deep")).get(0);

        assertThat(fresh.receive(SOON)).isEqualTo("early");
        assertThatThrownBy(() -> fresh.receive(SOON)).isExactlyInstanceOf(ChannelClosedException.class);
    }

    @Test
    @DisplayName("H14 B16 a channel sent over itself and back is the same channel object")
    void sameObject() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel received = remote.receive(Channel.class);
                            remote.send(received == remote);
                            remote.send(received);
                        },
                        """
                received = channel.receive()
                channel.send(received is channel)
                channel.send(received)
                """);

        channel.send(channel);

        assertThat(channel.receive(SOON)).isEqualTo(true);
        assertThat(channel.receive(SOON)).isSameAs(channel);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H15 a channel made there delivers its item, and then neither side's table keeps its id")
    void madeThere() {
        int hereBefore = peer().channelsHere();
        int thereBefore = peer().channelsThere();
        Channel channel = peer().exec(
                        remote -> {
                            Channel fresh = remote.gateway().newChannel();
                            remote.send(fresh);
                            fresh.send(10);
                            fresh.close();
                        },
                        """
                fresh = channel.gateway.newchannel()
                channel.send(fresh)
                fresh.send(10)
                fresh.close()
                """);

        Channel fresh = channel.receive(Channel.class, SOON);

        assertThat(fresh.id() % 2).as("numbered by the worker").isZero();
        assertThat(fresh.receive(SOON)).isEqualTo(10);
        channel.waitClose(SOON);
        fresh.waitClose(SOON);
        assertThat(peer().channelsHere()).isEqualTo(hereBefore);
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer().channelsThere()).isEqualTo(thereBefore));
    }

    @Test
    @DisplayName("H20 a channel that the other side closes closes here too, its items still there")
    void closedThere() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel given = remote.receive(Channel.class);
                            given.send("last");
                            given.close();
                            remote.receive();
                        },
                        """
                given = channel.receive()
                given.send('last')
                given.close()
                channel.receive()
                """);
        Channel given = peer().newChannel();
        channel.send(given);

        given.waitClose(SOON);

        assertThat(given.isClosed()).isTrue();
        assertThatThrownBy(() -> given.send(1)).isInstanceOf(ChannelClosedException.class);
        assertThat(given.receive(SOON)).isEqualTo("last");
        channel.send(null);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("G15 send after the task ended is refused")
    void sendAfterEnd() {
        Channel channel = peer().exec(remote -> {}, "pass");
        channel.waitClose(SOON);

        assertThatThrownBy(() -> channel.send("too late"))
                .isExactlyInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("cannot send");
    }

    @Test
    @DisplayName("G16 an explicit close inside a task is refused, and the starter is told so")
    void explicitClose() {
        Channel channel = peer().exec(Channel::close, "channel.close()");
        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("explicit");

        Channel withError = peer().exec(remote -> remote.close("no"), "channel.close('no')");
        assertThatThrownBy(() -> withError.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("explicit");
    }

    @Test
    @DisplayName("G17 echo through a channel that has no name")
    void echo() {
        Channel channel =
                peer().exec(remote -> remote.forEach(remote::send), "for item in channel: channel.send(item)");
        for (Object value : List.of(1, "two", 3.0, List.of(4))) {
            channel.send(value);
            assertThat(channel.receive(SOON)).isEqualTo(value);
        }
        channel.close();
    }

    @Test
    @DisplayName("B05 numbers are converted exactly or refused, with a type of their own for wrong data")
    void numbersAreConvertedExactlyOrRefused() {
        Channel channel = peer().exec(
                        remote -> {
                            for (Object value : List.of(300, 300, 2.5, "text", 7)) {
                                remote.send(value);
                            }
                        },
                        "for value in 300, 300, 2.5, 'text', 7: channel.send(value)");

        assertThat(channel.receive(long.class, SOON)).isEqualTo(300L);
        assertThatThrownBy(() -> channel.receive(byte.class, SOON)).isInstanceOf(DataFormatException.class);
        assertThatThrownBy(() -> channel.receive(int.class, SOON)).isInstanceOf(DataFormatException.class);
        assertThatThrownBy(() -> channel.receive(List.class, SOON))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("String");
        assertThat(channel.receive(Integer.class, SOON))
                .as("the channel goes on")
                .isEqualTo(7);
        channel.waitClose(SOON);
    }

    @Test
    void anInterruptEndsReceiveAndWaitClose() throws Exception {
        Channel channel = peer().exec(remote -> remote.receive(), "channel.receive()");

        Interruptible.check(() -> channel.receive());
        Interruptible.check(() -> channel.waitClose());

        channel.send(null);
        channel.waitClose(SOON);
    }

    /** A user's own. */
    static final class OutOfPaperException extends Exception {
        private static final long serialVersionUID = 1L;

        OutOfPaperException(String where) {
            super(where);
        }
    }
}
