package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Credit and budget, to the byte. */
@Timeout(60)
class FlowControlTest {
    private static final int WINDOW = 65_536;
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void creditComesBackWhenItemsAreReceived() {
        try (ScriptedPeer worker = ScriptedPeer.worker(0)) {
            Channel channel = worker.connection().newChannel();
            for (int i = 0; i < 4; i++) {
                worker.dataOf(1, WINDOW / 4);
            }
            assertThat(worker.settle()).isEmpty();
            channel.receive();
            assertThat(worker.settle()).isEmpty();
            channel.receive();
            assertThat(worker.settle()).containsExactly("CREDIT 1 32768");
            channel.receive();
            channel.receive();
            assertThat(worker.settle()).containsExactly("CREDIT 1 32768");
        }
    }

    @Test
    void whatTheBudgetTakesIsCreditedAtOnce() {
        try (ScriptedPeer worker = ScriptedPeer.worker(40_000)) {
            Channel channel = worker.connection().newChannel();
            worker.dataOf(1, 40_000);
            assertThat(worker.settle()).containsExactly("CREDIT 1 40000");
            worker.dataOf(1, 40_000);
            assertThat(worker.settle()).isEmpty();
            channel.receive();
            assertThat(worker.settle()).containsExactly("CREDIT 1 40000");
            channel.receive();
            assertThat(worker.settle()).isEmpty();
            worker.dataOf(1, 40_000);
            assertThat(worker.settle()).as("the budget is whole again").containsExactly("CREDIT 1 40000");
        }
    }

    @Test
    void theBudgetIsSharedAndComesBack() {
        try (ScriptedPeer worker = ScriptedPeer.worker(40_000)) {
            Channel first = worker.connection().newChannel();
            Channel second = worker.connection().newChannel();
            worker.dataOf(1, 40_000);
            assertThat(worker.settle()).containsExactly("CREDIT 1 40000");
            worker.dataOf(3, 40_000);
            assertThat(worker.settle()).isEmpty();
            first.receive();
            worker.dataOf(3, 40_000);
            assertThat(worker.settle()).containsExactly("CREDIT 3 40000");
            second.receive();
            assertThat(worker.settle()).containsExactly("CREDIT 3 40000");
        }
    }

    @Test
    void anOverrunIsAViolation() {
        try (ScriptedPeer worker = ScriptedPeer.worker(0)) {
            Channel channel = worker.connection().newChannel();
            worker.dataOf(1, WINDOW - 1);
            worker.dataOf(1, 1000);
            worker.settle();
            worker.dataOf(1, 16);
            assertThat(worker.awaitLoss().reason())
                    .contains("broke the protocol", "<Channel id=1 open> without credit");
            channel.receive();
            channel.receive();
            assertThatThrownBy(channel::receive).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void aSenderWithoutCreditWaitsAndIsWoken() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            channel.send(new byte[WINDOW - 9 - 6 - 1]);
            channel.send("one byte of credit is enough to begin");
            assertThatThrownBy(() -> channel.send(1, SOON))
                    .isInstanceOf(ChannelTimeoutException.class)
                    .hasMessageContaining("too much unread");
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> channel.send("woken"), DaemonThreads.pool());
            worker.take(FrameType.DATA, 1);
            int negative = worker.take(FrameType.DATA, 1).encodedLength() - 1;
            worker.credit(1, negative);
            assertThat(worker.settle())
                    .as("credit is zero, which is not enough")
                    .isEmpty();
            assertThat(sent).isNotDone();
            worker.credit(1, 1);
            sent.get(10, TimeUnit.SECONDS);
            worker.take(FrameType.DATA, 1);
        }
    }

    @Test
    void anItemLargerThanTheWindowPasses() {
        try (ConnectionPair pair = ConnectionPair.withBudget(0)) {
            Channel channel = pair.start(task -> task.send(task.receive()));
            byte[] large = new byte[10 * WINDOW];
            large[large.length - 1] = 7;
            channel.send(large, LONG);
            assertThat(channel.receive(LONG)).isEqualTo(large);
        }
    }

    @Test
    void everythingArrivesThroughTheSmallestWindow() {
        try (ConnectionPair pair = ConnectionPair.withBudget(0)) {
            int count = 3000;
            Channel channel = pair.start(task -> {
                for (int i = 0; i < count; i++) {
                    task.send("%0500d".formatted(i));
                }
            });
            int i = 0;
            for (Object item : channel) {
                assertThat(item).isEqualTo("%0500d".formatted(i++));
            }
            assertThat(i).isEqualTo(count);
        }
    }

    @Test
    void aChannelNobodyReadsStopsNoOther() throws Exception {
        try (ConnectionPair pair = ConnectionPair.withBudget(100_000)) {
            Semaphore sent = new Semaphore(0);
            Channel unread = pair.start(task -> {
                for (int i = 0; i < 40; i++) {
                    task.send(new byte[10_000]);
                    sent.release();
                }
            });
            Awaitility.await().until(() -> sent.availablePermits() >= 15);
            Channel other = pair.start(task -> {
                for (Object item : task) {
                    task.send(item);
                }
            });
            for (int i = 0; i < 50; i++) {
                other.send(new byte[20_000], LONG);
                assertThat(other.receive(byte[].class, LONG)).hasSize(20_000);
            }
            assertThat(sent.availablePermits()).as("the sender has stopped").isLessThan(20);
            for (int i = 0; i < 40; i++) {
                assertThat(unread.receive(byte[].class, LONG)).hasSize(10_000);
            }
        }
    }

    @Test
    void aCallbackGivesCreditBackWhenItReturns() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker(0)) {
            Channel channel = worker.connection().newChannel();
            Semaphore entered = new Semaphore(0);
            Semaphore leave = new Semaphore(0);
            channel.setCallback(item -> {
                entered.release();
                leave.acquireUninterruptibly();
            });
            worker.dataOf(1, WINDOW / 2);
            assertThat(entered.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.settle()).isEmpty();
            leave.release();
            worker.take(FrameType.CREDIT, 1);
            channel.close();
        }
    }

    @Test
    void aReceiveQueueGivesCreditBackWhenAnItemIsTaken() {
        try (ScriptedPeer worker = ScriptedPeer.worker(0)) {
            Channel channel = worker.connection().newChannel();
            BlockingQueue<Integer> queue = ReceiveQueue.of(List.of(channel), (from, item) -> from.id());
            worker.dataOf(1, WINDOW / 2);
            assertThat(worker.settle()).isEmpty();
            assertThat(queue.poll()).isEqualTo(1);
            assertThat(worker.settle()).containsExactly("CREDIT 1 32768");
        }
    }

    @Test
    void aClosedChannelThatIsDroppedGivesItsBudgetBack() {
        try (ScriptedPeer worker = ScriptedPeer.worker(40_000)) {
            fillCloseAndDrop(worker);
            assertThat(worker.settle()).containsExactly("CREDIT 1 40000");
            Channel other = worker.connection().newChannel();
            Awaitility.await().atMost(LONG).until(() -> {
                System.gc();
                worker.dataOf(3, 40_000);
                boolean lent = worker.settle().contains("CREDIT 3 40000");
                other.receive();
                worker.settle();
                return lent;
            });
        }
    }

    private static void fillCloseAndDrop(ScriptedPeer worker) {
        Channel unused = worker.connection().newChannel();
        worker.dataOf(1, 40_000);
        worker.send(FrameType.CLOSE, 1);
    }

    @Test
    void aDroppedChannelIsNotPaidBackTwice() {
        ByteBudget budget = new ByteBudget(100);
        ReceiveWindow window = new ReceiveWindow(budget, true);
        window.arrived(itemOf(40));
        window.arrived(itemOf(60));
        window.taken(itemOf(40));
        window.abandon();
        window.abandon();
        assertThat(budget.tryLend(100)).isTrue();
        assertThat(budget.tryLend(1)).isFalse();
    }

    private static Item itemOf(int cost) {
        return new Item(new Frame(FrameType.DATA, 1, new byte[cost - Frame.HEADER_BYTES]), NamedChannels.NONE);
    }

    @Test
    void aStockPeerIsAlwaysReadAndItsFullChannelIsClosedOnBothSides() {
        try (ScriptedPeer worker = ScriptedPeer.stockWorker(10_000)) {
            Channel full = worker.connection().newChannel();
            Channel other = worker.connection().newChannel();
            worker.dataOf(1, 10_000);
            worker.dataOf(1, WINDOW - 10);
            worker.dataOf(1, 500);
            worker.dataOf(1, 777);
            String told = worker.takeError(1);
            assertThat(told).contains("held " + (10_000 + WINDOW - 10 + 500) + " unread bytes");
            worker.dataOf(1, 778);
            worker.data(3, "unharmed");
            assertThat(worker.settle()).isEmpty();
            assertThat(other.receive()).isEqualTo("unharmed");
            assertThat(full.isClosed()).isTrue();
            for (int i = 0; i < 3; i++) {
                assertThat(full.receive()).isInstanceOf(byte[].class);
            }
            assertThatThrownBy(full::receive)
                    .isExactlyInstanceOf(ChannelClosedException.class)
                    .hasMessageContaining("777 bytes was refused")
                    .hasMessageContaining((10_000 + WINDOW - 10 + 500) + " bytes wait");
            assertThatThrownBy(full::receive).hasMessageContaining("is closed: its items were not received");
        }
    }

    @Test
    void anOverflowDoesNotEndIterationAndStreamsQuietly() {
        try (ScriptedPeer worker = ScriptedPeer.stockWorker(0)) {
            Channel[] channels = new Channel[3];
            for (int i = 0; i < channels.length; i++) {
                channels[i] = worker.connection().newChannel();
                worker.dataOf(channels[i].id(), WINDOW);
                worker.dataOf(channels[i].id(), 100);
            }
            worker.settle();
            assertThatThrownBy(() -> channels[0].forEach(item -> {}))
                    .isInstanceOf(ChannelClosedException.class)
                    .hasMessageContaining("refused");
            assertThatThrownBy(() -> channels[1].inputStream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused");
            assertThatThrownBy(channels[2]::waitClose).hasMessageContaining("refused");
        }
    }

    @Test
    void aStockPeerGetsNoCreditFrames() {
        try (ScriptedPeer worker = ScriptedPeer.stockWorker(1 << 20)) {
            Channel channel = worker.connection().newChannel();
            for (int i = 0; i < 20; i++) {
                worker.dataOf(1, 60_000);
                assertThat(channel.receive()).isNotNull();
                channel.send(new byte[20_000]);
                worker.take(FrameType.DATA, 1);
            }
            assertThat(worker.settle()).isEmpty();
        }
    }

    @Test
    void creditIsNotLostWhenASendRunsOutOfTime() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.credit(1, 10_000_000);
            worker.settle();
            // Nobody reads: the pipe, then the writer's room fill up.
            for (int i = 0; i < 3; i++) {
                sendUnlessFull(channel, new byte[600_000]);
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> channel.send(new byte[5_000_000], SOON))
                        .isInstanceOf(ChannelTimeoutException.class)
                        .hasMessageContaining("nothing that is sent to the worker is read");
            }
            Channel other = worker.connection().newChannel();
            assertThatThrownBy(() -> other.send(1, SOON)).isInstanceOf(ChannelTimeoutException.class);
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> channel.send(new byte[6_000_000]), DaemonThreads.pool());
            long bytes = 0;
            while (bytes < 6_000_000) {
                bytes = Math.max(bytes, worker.take(FrameType.DATA, 1).payload().length);
            }
            assertThat(sent).succeedsWithin(LONG);
        }
    }

    private static void sendUnlessFull(Channel channel, byte[] item) {
        try {
            channel.send(item, SOON);
        } catch (ChannelTimeoutException e) {
            assertThat(e).hasMessageContaining("nothing that is sent");
        }
    }

    @Test
    void closingWakesTheSenderWithoutCredit() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            BlockingQueue<@Nullable Object> thrown = new LinkedBlockingQueue<>();
            for (int id = 1; id <= 5; id += 2) {
                Channel channel = worker.connection().newChannel();
                channel.send(new byte[WINDOW]);
                Thread sender = DaemonThreads.start("sender", () -> {
                    try {
                        channel.send(1);
                    } catch (RuntimeException e) {
                        thrown.add(e.getClass());
                    }
                });
                Awaitility.await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
                if (id == 1) {
                    channel.close();
                } else if (id == 3) {
                    worker.send(FrameType.CLOSE, 3);
                } else {
                    worker.die();
                }
                assertThat(thrown.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(id == 5 ? GatewayLostException.class : ChannelClosedException.class);
            }
        }
    }
}
