package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import execnet4j.wire.FrameType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallbackTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ConnectionPair pair = ConnectionPair.open();
    private final List<@Nullable Object> got = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void theEndIsToldAfterAnItemForWhichThereWasNoThread() {
        Channel channel = pair.coordinator().newChannel();
        Inbox inbox = new Inbox(channel, new ReceiveWindow(new ByteBudget(0), false));
        List<Runnable> given = new ArrayList<>();
        AtomicInteger ends = new AtomicInteger();
        CallbackRun callback = new CallbackRun(channel, inbox, got::add, ends::incrementAndGet, job -> {
            if (given.isEmpty()) {
                given.add(job);
                throw new OutOfMemoryError("unable to create native thread");
            }
            job.run();
        });
        assertThatThrownBy(() -> callback.available(1, false)).isInstanceOf(OutOfMemoryError.class);

        inbox.end(new Ending.Closed(Ending.By.PEER));
        inbox.consumer(callback);

        assertThat(ends.get()).isEqualTo(1);
        assertThat(callback.isFinished()).isTrue();
    }

    @Test
    @DisplayName("H16 H17 a callback gets what is queued, then the rest in order; receive is refused")
    void queuedItemsComeFirst() {
        CountDownLatch go = new CountDownLatch(1);
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 5; i++) {
                task.send(i);
            }
            go.await();
            for (int i = 5; i < 10; i++) {
                task.send(i);
            }
        });
        assertThat(channel.receive()).isEqualTo(0);
        channel.setCallback(got::add);
        assertThatThrownBy(channel::receive)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("callback");
        assertThatThrownBy(() -> channel.setCallback(item -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> channel.iterator().hasNext()).isInstanceOf(IllegalStateException.class);
        go.countDown();
        channel.waitClose(LONG);
        assertThat(got).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    @DisplayName("H18 waitClose returns only after a slow callback is through with the last item")
    void waitCloseWaitsForTheCallback() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(1);
        Channel channel = pair.start(task -> task.send(1));
        channel.setCallback(item -> {
            entered.countDown();
            awaitLatch(go);
            got.add(item);
        });
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> channel.waitClose(SOON)).isInstanceOf(ChannelTimeoutException.class);
        go.countDown();
        channel.waitClose(LONG);
        assertThat(got).containsExactly(1);
    }

    @Test
    @DisplayName("H21 the endmarker comes once, last, when the task ends")
    void endMarkerAtTheEndOfTheTask() {
        Channel channel = pair.start(task -> {
            task.send(1);
            task.send(2);
        });
        channel.setCallback(got::add, "end");
        channel.waitClose(LONG);
        assertThat(got).containsExactly(1, 2, "end");
    }

    @Test
    @DisplayName("H22 the endmarker comes when the task raised, and the error can still be had")
    void endMarkerAfterAnError() {
        Channel channel = pair.start(task -> {
            task.send(1);
            throw new IllegalStateException("oops");
        });
        channel.setCallback(got::add, null);
        assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(RemoteTaskException.class);
        channel.waitClose();
        assertThat(got).containsExactly(1, null);
    }

    @Test
    void endMarkerWhenClosedHere() {
        Channel channel = pair.start(Channel::receive);
        channel.setCallback(got::add, "end");
        channel.close();
        channel.waitClose(LONG);
        assertThat(got).containsExactly("end");
    }

    @Test
    @DisplayName("T02 a worker that died before the callback was set still yields the endmarker")
    void endMarkerWhenTheWorkerDies() {
        Channel before = pair.start(Channel::receive);
        Channel after = pair.start(task -> {
            task.send(1);
            task.receive();
        });
        before.setCallback(got::add, "before");
        pair.killWorker();
        assertThatThrownBy(() -> before.waitClose(LONG)).isInstanceOf(GatewayLostException.class);
        assertThat(got).containsExactly("before");
        got.clear();
        after.setCallback(got::add, "after");
        assertThatThrownBy(() -> after.waitClose(LONG)).isInstanceOf(GatewayLostException.class);
        assertThat(got).endsWith("after").doesNotHaveDuplicates();
    }

    @Test
    void endMarkerWhenTheGatewayIsTerminated() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            channel.setCallback(got::add, "end");
            worker.connection().terminatePeer();
            worker.take(FrameType.TERMINATE, 0);
            worker.data(1, "on its way");
            worker.endOutput();
            assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(GatewayLostException.class);
            assertThat(got).containsExactly("on its way", "end");
        }
    }

    @Test
    void endMarkerWhenTheCallbackIsSetAfterTheClose() {
        Channel channel = pair.start(task -> task.send(1));
        channel.waitClose(LONG);
        channel.setCallback(got::add, "end");
        channel.waitClose(LONG);
        assertThat(got).containsExactly(1, "end");
    }

    @Test
    void endMarkerAtTheLastMessageAndNotAgainAtTheClose() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            channel.setCallback(got::add, "end");
            worker.data(1, 1);
            worker.send(FrameType.LAST_MESSAGE, 1);
            worker.settle();
            channel.waitClose(LONG);
            assertThat(got).containsExactly(1, "end");
            worker.value(FrameType.CLOSE_ERROR, 1, "late");
            worker.settle();
            assertThatThrownBy(() -> channel.waitClose(LONG)).hasMessage("late");
            assertThat(got).containsExactly(1, "end");
        }
    }

    @Test
    @DisplayName("H23 a raising callback closes its channel with the error to the peer; the gateway lives on")
    void raisingCallback() throws Exception {
        CompletableFuture<Throwable> atPeer = new CompletableFuture<>();
        CountDownLatch sent = new CountDownLatch(1);
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 3; i++) {
                task.send(i);
            }
            sent.countDown();
            try {
                task.receive();
            } catch (RuntimeException e) {
                atPeer.complete(e);
            }
        });
        assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
        channel.setCallback(
                item -> {
                    got.add(item);
                    if (!"end".equals(item)) {
                        throw new IllegalArgumentException("cannot take " + item);
                    }
                },
                "end");
        assertThat(atPeer.get(10, TimeUnit.SECONDS))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("Traceback")
                .hasMessageContaining("IllegalArgumentException: cannot take 0");
        assertThatThrownBy(() -> channel.waitClose(LONG))
                .isExactlyInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("callback failed")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        channel.waitClose(LONG);
        assertThat(got).containsExactly(0, "end");
        assertThat(channel.isClosed()).isTrue();
        assertThat(pair.start(task -> task.send("alive")).receive()).isEqualTo("alive");
    }

    @Test
    void aCallbackThatRaisesAtTheEndMarkerIsReported() {
        Channel channel = pair.start(task -> {});
        channel.setCallback(
                item -> {
                    throw new IllegalArgumentException("no end");
                },
                "end");
        assertThatThrownBy(() -> channel.waitClose(LONG)).hasMessageContaining("no end");
        channel.waitClose(LONG);
    }

    @Test
    void aCallbackThatRaisesWhatCannotBeDescribedStillEndsItsChannel() {
        Channel channel = pair.start(task -> {
            task.send(1);
            assertThatThrownBy(task::receive).isInstanceOf(RemoteTaskException.class);
        });
        channel.setCallback(item -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String getMessage() {
                    throw new UnsupportedOperationException("no message");
                }
            };
        });
        assertThatThrownBy(() -> channel.waitClose(LONG))
                .isExactlyInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("callback failed");
    }

    @Test
    void aSlowCallbackDelaysNoOtherChannel() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(3);
        List<Channel> slow = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Channel channel = pair.start(task -> task.send(1));
            channel.setCallback(item -> {
                entered.countDown();
                awaitLatch(go);
            });
            slow.add(channel);
        }
        assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
        Channel quick = pair.start(task -> task.send(2));
        quick.setCallback(got::add, "end");
        quick.waitClose(LONG);
        assertThat(got).containsExactly(2, "end");
        go.countDown();
        slow.forEach(channel -> channel.waitClose(LONG));
    }

    @Test
    void callbacksOfAChannelRunOneAtATimeAndInOrder() {
        AtomicInteger within = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 2000; i++) {
                task.send(i);
            }
        });
        channel.setCallback(item -> {
            most.accumulateAndGet(within.incrementAndGet(), Math::max);
            got.add(item);
            within.decrementAndGet();
        });
        channel.waitClose(LONG);
        assertThat(most.get()).isEqualTo(1);
        assertThat(got).hasSize(2000);
        for (int i = 0; i < 2000; i++) {
            assertThat(got.get(i)).isEqualTo(i);
        }
    }

    @Test
    void waitCloseWithinTheOwnCallbackIsRefusedWithinAnothersNot() throws Exception {
        BlockingQueue<Object> results = new LinkedBlockingQueue<>();
        Channel ended = pair.start(task -> {});
        Channel channel = pair.start(task -> task.send(1));
        channel.setCallback(
                item -> {
                    try {
                        channel.waitClose(LONG);
                    } catch (IllegalStateException e) {
                        results.add(e);
                    }
                    ended.waitClose(LONG);
                    results.add("other");
                },
                "end");
        for (int i = 0; i < 2; i++) {
            assertThat(results.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            assertThat(results.poll(10, TimeUnit.SECONDS)).isEqualTo("other");
        }
        channel.waitClose(LONG);
    }

    @Test
    void closingWithinACallback() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.data(1, 1);
            worker.data(1, 2);
            worker.settle();
            channel.setCallback(
                    item -> {
                        got.add(item);
                        channel.close();
                    },
                    "end");
            channel.waitClose(LONG);
            assertThat(got).containsExactly(1, 2, "end");
            assertThat(worker.settle()).containsExactly("CHANNEL_CLOSE 1");
        }
    }

    @Test
    void aCallbackMaySendOnItsOwnChannel() {
        Channel channel = pair.start(task -> {
            for (int i = 0; i < 10; i++) {
                task.send(i);
                assertThat(task.receive()).isEqualTo(i * i);
            }
        });
        channel.setCallback(item -> channel.send((int) item * (int) item));
        channel.waitClose(LONG);
    }

    @Test
    void theEndMarkerIsNotSentAnywhereSoItMayBeAnything() {
        Object marker = new Object();
        Channel channel = pair.start(task -> {});
        channel.setCallback(got::add, marker);
        channel.waitClose(LONG);
        assertThat(got).containsExactly(marker);
    }

    @Test
    void anItemThatIsNoValueFailsTheCallbackAndTheConnection() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            channel.setCallback(got::add, "end");
            worker.send(FrameType.DATA, 1, new byte[] {'P', 'Q'});
            assertThat(worker.awaitLoss().reason()).contains("protocol");
            assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(ChannelClosedException.class);
            assertThat(got).containsExactly("end");
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
