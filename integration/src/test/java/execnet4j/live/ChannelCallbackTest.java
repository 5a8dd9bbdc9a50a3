package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Channel;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;

@OverEveryPeer
class ChannelCallbackTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Object END = new Object();

    @Parameter
    PeerKind kind = PeerKind.MEMORY;

    private final List<@Nullable Object> got = Collections.synchronizedList(new ArrayList<>());

    private Peer peer() {
        return kind.peer();
    }

    @Test
    @DisplayName("H16 with a callback set receive is refused; items come in order, a channel among them")
    void callback() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel fresh = remote.gateway().newChannel();
                            for (int i = 0; i < 3; i++) {
                                remote.send(i);
                            }
                            remote.send(fresh);
                            fresh.send("through it");
                            fresh.close();
                        },
                        """
                fresh = channel.gateway.newchannel()
                for i in range(3):
                    channel.send(i)
                channel.send(fresh)
                fresh.send('through it')
                fresh.close()
                """);
        channel.setCallback(got::add);

        assertThatThrownBy(channel::receive).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> channel.setCallback(got::add)).isInstanceOf(IllegalStateException.class);
        channel.waitClose(SOON);

        assertThat(got.subList(0, 3)).containsExactly(0, 1, 2);
        assertThat(((Channel) got.get(3)).receive(SOON)).isEqualTo("through it");
    }

    @Test
    @DisplayName("H17 a callback that is set after a receive gets only the items that remain")
    void remainingItems() {
        Channel channel = peer().exec(
                        remote -> {
                            for (int i = 0; i < 4; i++) {
                                remote.send(i);
                            }
                        },
                        "for i in range(4): channel.send(i)");
        assertThat(channel.receive(SOON)).isEqualTo(0);
        assertThat(channel.receive(SOON)).isEqualTo(1);

        channel.setCallback(got::add);
        channel.waitClose(SOON);

        assertThat(got).containsExactly(2, 3);
    }

    @Test
    @DisplayName("H18 waitClose returns only after a slow callback is done with the last item")
    void slowCallback() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Channel channel = peer().exec(remote -> remote.send("only"), "channel.send('only')");
        channel.setCallback(item -> {
            await(go);
            got.add(item);
        });
        CompletableFuture<List<@Nullable Object>> seen = CompletableFuture.supplyAsync(() -> {
            channel.waitClose(SOON);
            return List.copyOf(got);
        });
        Awaitility.await().until(channel::isClosed);
        assertThat(seen).isNotDone();

        go.countDown();

        assertThat(seen.get(20, TimeUnit.SECONDS)).containsExactly("only");
    }

    @Test
    @DisplayName("H19 a callback goes on although nobody here holds the channel any more")
    void channelObjectDropped() {
        Channel control = peer().exec(
                        remote -> {
                            Channel other = remote.receive(Channel.class);
                            remote.receive();
                            for (int i = 0; i < 100; i++) {
                                other.send(i);
                            }
                            other.close();
                        },
                        """
                other = channel.receive()
                channel.receive()
                for i in range(100):
                    other.send(i)
                other.close()
                """);
        sendOneWithCallback(control);
        for (int i = 0; i < 3; i++) {
            System.gc();
        }

        control.send("go");

        Awaitility.await().untilAsserted(() -> assertThat(got).hasSize(101).endsWith(99, END));
        control.waitClose(SOON);
    }

    private void sendOneWithCallback(Channel control) {
        Channel dropped = peer().newChannel();
        dropped.setCallback(got::add, END);
        control.send(dropped);
    }

    @Test
    @DisplayName("H21 the endmarker comes once, last")
    void endMarker() {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send(1);
                            remote.send(2);
                        },
                        """
                channel.send(1)
                channel.send(2)
                """);
        channel.setCallback(got::add, END);
        channel.waitClose(SOON);
        channel.close();

        assertThat(got).containsExactly(1, 2, END);
    }

    @Test
    @DisplayName("H21 the endmarker may be null, and comes too when the callback is set after the close")
    void endMarkerAfterClose() {
        Channel channel = peer().exec(remote -> remote.send(1), "channel.send(1)");
        channel.waitClose(SOON);

        channel.setCallback(got::add, null);
        channel.waitClose(SOON);

        assertThat(got).containsExactly(1, null);
    }

    @Test
    @DisplayName("H22 the endmarker comes also when the task threw, and waitClose still has the error, once")
    void endMarkerOfFailure() {
        Channel channel = peer().exec(
                        remote -> {
                            remote.send(1);
                            throw new IllegalStateException("failed after one");
                        },
                        """
                channel.send(1)
                raise ValueError('failed after one')
                """);
        channel.setCallback(got::add, END);

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("failed after one");
        assertThat(got).containsExactly(1, END);
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("H23 a callback that throws closes its channel, gets no more, the other side gets the traceback")
    void raisingCallback() {
        Channel channel = peer().exec(
                        remote -> {
                            Channel given = remote.receive(Channel.class);
                            given.send(1);
                            given.send(2);
                            remote.send("sent");
                            try {
                                given.receive();
                                remote.send("no error");
                            } catch (RemoteTaskException e) {
                                remote.send(e.getMessage());
                            }
                        },
                        """
                given = channel.receive()
                given.send(1)
                given.send(2)
                channel.send('sent')
                try:
                    given.receive()
                    channel.send('no error')
                except channel.RemoteError as e:
                    channel.send(str(e))
                """);
        CountDownLatch bothAreHere = new CountDownLatch(1);
        Channel given = peer().newChannel();
        given.setCallback(
                item -> {
                    got.add(item);
                    if (item != END) {
                        await(bothAreHere);
                        throw new IllegalStateException("cannot take " + item);
                    }
                },
                END);

        channel.send(given);
        assertThat(channel.receive(SOON)).isEqualTo("sent");
        bothAreHere.countDown();

        assertThat(channel.receive(String.class, SOON))
                .startsWith("Traceback")
                .contains("IllegalStateException: cannot take 1");
        assertThatThrownBy(() -> given.waitClose(SOON))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("callback failed");
        assertThat(got).containsExactly(1, END);
        channel.waitClose(SOON);
        assertThat(echo("usable")).isEqualTo("usable");
    }

    @Test
    void waitCloseWithinItsOwnCallbackIsRefused() {
        Channel channel = peer().exec(remote -> remote.send(1), "channel.send(1)");
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        channel.setCallback(item -> {
            try {
                channel.waitClose(SOON);
            } catch (Throwable e) {
                thrown.complete(e);
            }
        });
        channel.waitClose(SOON);

        assertThat(thrown).isCompletedWithValueMatching(e -> e instanceof IllegalStateException);
    }

    @Test
    void aSlowCallbackDelaysNoOtherChannelAndNoOtherCallback() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Channel slow = peer().exec(remote -> remote.send("slow"), "channel.send('slow')");
        slow.setCallback(item -> await(go));
        CountDownLatch others = new CountDownLatch(20);
        List<Channel> quick = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            Channel channel = peer().exec(remote -> remote.send("quick"), "channel.send('quick')");
            channel.setCallback(item -> others.countDown());
            quick.add(channel);
        }

        assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(echo("answered")).isEqualTo("answered");

        go.countDown();
        slow.waitClose(SOON);
        quick.forEach(channel -> channel.waitClose(SOON));
    }

    @Test
    void callbacksOfOneChannelRunOneAtATimeAndInOrder() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Channel channel = peer().exec(
                        remote -> {
                            for (int i = 0; i < 5_000; i++) {
                                remote.send(i);
                            }
                        },
                        "for i in range(5000): channel.send(i)");
        channel.setCallback(item -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            got.add(item);
            inside.decrementAndGet();
        });
        channel.waitClose(SOON);

        assertThat(most).hasValue(1);
        assertThat(got).hasSize(5_000).isSortedAccordingTo((one, two) -> (Integer) one - (Integer) two);
    }

    private @Nullable Object echo(String text) {
        Channel channel = peer().exec(remote -> remote.send(remote.receive()), "channel.send(channel.receive())");
        channel.send(text);
        Object answer = channel.receive(SOON);
        channel.waitClose(SOON);
        return answer;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody said go");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
