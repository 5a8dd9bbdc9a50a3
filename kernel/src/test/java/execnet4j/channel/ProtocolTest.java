package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.LoadException;
import execnet4j.error.RemoteTaskException;
import execnet4j.serial.Tuple;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection against a scripted peer: every frame of the protocol, in and out of order. */
@Timeout(60)
class ProtocolTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void itemsAndTheEndOfATask() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().exec(new byte[] {'L', 'Q'});
            assertThat(worker.take(FrameType.EXEC, 1).payload()).containsExactly('L', 'Q');
            worker.data(1, "one");
            worker.send(FrameType.CLOSE, 1);
            assertThat(worker.settle()).isEmpty();
            assertThat(channel.isClosed()).isTrue();
            assertThat(worker.connection().channelCount()).isZero();
            assertThat(channel.receive()).isEqualTo("one");
            channel.close();
            assertThat(worker.settle()).isEmpty();
        }
    }

    @Test
    void closingTellsThePeerOnce() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel quiet = worker.connection().newChannel();
            Channel loud = worker.connection().newChannel();
            quiet.close();
            loud.close("because");
            quiet.close("again");
            loud.close();
            assertThat(worker.settle()).containsExactly("CHANNEL_CLOSE 1", "CHANNEL_CLOSE_ERROR 3 because");
        }
    }

    @Test
    void lastMessageEndsReceivingButNotSending() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.data(1, 7);
            worker.send(FrameType.LAST_MESSAGE, 1);
            worker.settle();
            assertThat(channel.receive()).isEqualTo(7);
            assertThatThrownBy(channel::receive).isExactlyInstanceOf(ChannelClosedException.class);
            assertThat(channel.isClosed()).isFalse();
            channel.waitClose();
            channel.send(8);
            assertThat(worker.settle()).containsExactly("CHANNEL_DATA 1 8");
            worker.send(FrameType.CLOSE, 1);
            worker.settle();
            assertThat(channel.isClosed()).isTrue();
            assertThatThrownBy(() -> channel.send(9)).isInstanceOf(ChannelClosedException.class);
        }
    }

    @Test
    void anErrorAfterTheLastMessageIsStillTold() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.send(FrameType.LAST_MESSAGE, 1);
            worker.settle();
            assertThatThrownBy(channel::receive).isExactlyInstanceOf(ChannelClosedException.class);
            worker.value(FrameType.CLOSE_ERROR, 1, "failed after all");
            worker.settle();
            assertThatThrownBy(channel::waitClose)
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessage("failed after all");
            channel.waitClose();
        }
    }

    @Test
    void framesForChannelsThatAreGoneAreIgnored() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            for (int id : new int[] {1, 2, 77, 0, -1, Integer.MIN_VALUE}) {
                worker.data(id, 1);
                worker.send(FrameType.CLOSE, id);
                worker.value(FrameType.CLOSE_ERROR, id, "late");
                worker.send(FrameType.LAST_MESSAGE, id);
                worker.credit(id, 1);
            }
            assertThat(worker.settle()).isEmpty();
            assertThat(worker.connection().channelCount()).isZero();
            assertThat(worker.connection().isLive()).isTrue();
        }
    }

    @Test
    void channelsInAnItemForNobodyAreClosedAtThePeer() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            worker.send(FrameType.DATA, 99, ScriptedPeer.channels(4, 1));
            assertThat(worker.settle()).containsExactly("CHANNEL_CLOSE 4");
        }
    }

    @Test
    @DisplayName("G16 H26 a task's end closes its channel, with its error if it failed")
    void tasksEndOnTheWire() {
        try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
            coordinator.host().register("well", channel -> channel.send(1));
            coordinator.host().register("badly", channel -> {
                throw new IllegalStateException("oops");
            });
            coordinator.value(FrameType.EXEC, 1, "well");
            coordinator.take(FrameType.DATA, 1);
            coordinator.take(FrameType.CLOSE, 1);
            coordinator.value(FrameType.EXEC, 3, "badly");
            assertThat(coordinator.takeError(3)).startsWith("Traceback").contains("IllegalStateException: oops");
        }
    }

    @Test
    void aCoordinatorRefusesToRunCode() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            worker.value(FrameType.EXEC, 2, "System.exit(0)");
            assertThat(worker.takeError(2)).isEqualTo("refused");
            assertThat(worker.settle()).isEmpty();
            assertThat(worker.connection().channelCount()).isZero();
        }
    }

    @Test
    @DisplayName("G04 G06 G07 status is answered on the asking id with the counts, and leaves no channel")
    void statusOnTheWire() {
        try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
            coordinator.value(FrameType.EXEC, 1, "none that ends");
            coordinator.send(FrameType.STATUS, 3);
            assertThat(ScriptedPeer.decode(coordinator.take(FrameType.DATA, 3).payload()))
                    .isEqualTo(Map.of("numchannels", 1, "numexecuting", 0, "execmodel", "thread"));
            coordinator.take(FrameType.CLOSE, 3);
            assertThat(coordinator.connection().channelCount()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("S11 reconfigure changes how strings are read, for all or for one channel")
    void reconfigure() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel all = worker.connection().newChannel();
            Channel one = worker.connection().newChannel();
            byte[] py2 = {'M', 0, 0, 0, 1, 'a', 'Q'};
            worker.send(FrameType.DATA, 1, py2);
            worker.settle();
            assertThat(all.receive()).isEqualTo("a");
            worker.value(FrameType.RECONFIGURE, 0, Tuple.of(false, false));
            worker.value(FrameType.RECONFIGURE, 3, Tuple.of(true, true));
            worker.value(FrameType.RECONFIGURE, 55, Tuple.of(true, true));
            for (int id : new int[] {1, 3}) {
                worker.send(FrameType.DATA, id, py2);
                worker.data(id, "b");
            }
            worker.settle();
            assertThat(all.receive()).isEqualTo(new byte[] {'a'});
            assertThat(all.receive()).isEqualTo("b");
            assertThat(one.receive()).isEqualTo("a");
            assertThat(one.receive()).isEqualTo("b".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void reconfigureDoesNotTouchErrorsAndOtherTextOfTheProtocol() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.value(FrameType.RECONFIGURE, 0, Tuple.of(true, true));
            worker.value(FrameType.CLOSE_ERROR, 1, "readable");
            worker.settle();
            assertThatThrownBy(channel::receive)
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessage("readable");
        }
    }

    @Test
    void errorTextOfThePeerIsMadeHarmless() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.value(FrameType.CLOSE_ERROR, 1, "\u001b[2Jgone\u0007" + "x".repeat(1 << 20));
            assertThatThrownBy(channel::receive)
                    .isInstanceOf(RemoteTaskException.class)
                    .message()
                    .hasSizeLessThan(1 << 17)
                    .startsWith("\\u001b[2Jgone\\u0007x");
        }
    }

    @Test
    void execMayNotUseAnIdOfTheReceiver() {
        assertViolates(ScriptedPeer.coordinator(), "id it may not use: 2", peer -> peer.value(FrameType.EXEC, 2, "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void execMayNotUseAnIdThatIsNone(int id) {
        assertViolates(ScriptedPeer.coordinator(), "may not use: " + id, peer -> peer.value(FrameType.EXEC, id, "x"));
    }

    @Test
    void execMayNotUseAnOpenId() {
        assertViolates(ScriptedPeer.coordinator(), "may not use: 1", peer -> {
            peer.value(FrameType.EXEC, 1, "x");
            peer.value(FrameType.EXEC, 1, "x");
        });
    }

    @ParameterizedTest
    @ValueSource(bytes = {8, 63, -1, -128})
    void unknownTypes(byte type) {
        assertViolates(ScriptedPeer.worker(), "unknown type", peer -> peer.send(type, 1));
    }

    @ParameterizedTest
    @ValueSource(bytes = {FrameType.HELLO, FrameType.CREDIT, FrameType.CLASS_REQUEST, FrameType.CLASS_ANSWER, 100})
    void extensionsThatWereNotAgreedOn(byte type) {
        assertViolates(ScriptedPeer.stockWorker(1000), "came: <Frame", peer -> peer.send(type, 1, new byte[8]));
    }

    @Test
    void extensionsThatWereAgreedOnGoToTheHost() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            worker.send(FrameType.HELLO, 0);
            worker.send(FrameType.CLASS_REQUEST, 1);
            worker.settle();
            assertThat(worker.host().extensionFrames).containsExactly(FrameType.HELLO, FrameType.CLASS_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 40) + 1})
    void creditThatIsNone(long bytes) {
        assertViolates(ScriptedPeer.worker(), "credit of " + bytes, peer -> peer.credit(1, bytes));
    }

    @Test
    void creditOfAnotherLength() {
        assertViolates(ScriptedPeer.worker(), "not agreed on", peer -> peer.send(FrameType.CREDIT, 1, new byte[7]));
    }

    @Test
    void garbage() {
        assertViolates(ScriptedPeer.worker(), "protocol", peer -> peer.raw(ScriptedPeer.text("Welcome to host7!\n")));
    }

    @Test
    void aFrameOfHugeLength() {
        assertViolates(
                ScriptedPeer.worker(),
                "1900000000",
                peer -> peer.raw(ByteBuffer.allocate(9)
                        .put((byte) 4)
                        .putInt(1)
                        .putInt(1_900_000_000)
                        .array()));
    }

    @Test
    void payloadsThatAreNoValues() {
        assertViolates(ScriptedPeer.worker(), "protocol", peer -> peer.send(FrameType.DATA, 1, new byte[] {'Z'}));
        assertViolates(ScriptedPeer.worker(), "protocol", peer -> peer.send(FrameType.DATA, 1, new byte[] {'L'}));
        assertViolates(ScriptedPeer.worker(), "protocol", peer -> peer.send(FrameType.CLOSE_ERROR, 1, new byte[0]));
        assertViolates(
                ScriptedPeer.worker(),
                "protocol",
                peer -> peer.send(FrameType.CLOSE_ERROR, 1, ScriptedPeer.channels(1)));
        assertViolates(ScriptedPeer.worker(), "not understood", peer -> peer.value(FrameType.RECONFIGURE, 0, 1));
        assertViolates(
                ScriptedPeer.worker(),
                "not understood",
                peer -> peer.value(FrameType.RECONFIGURE, 0, Tuple.of(true, 1)));
    }

    @Test
    void anItemThatOnlyLooksLikeAValueEndsTheConnectionWhenItIsRead() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.send(FrameType.DATA, 1, new byte[] {'P', 'Q'});
            assertThat(worker.settle()).isEmpty();
            assertThatThrownBy(channel::receive).isInstanceOf(LoadException.class);
            assertThat(worker.awaitLoss().reason()).contains("protocol", "no value");
            assertThatThrownBy(channel::receive).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void aWorkerThatOpensTooManyChannelsIsStopped() {
        assertViolates(
                ScriptedPeer.worker(1 << 30),
                "more than 4096 channels",
                peer -> peer.send(FrameType.DATA, 1, ScriptedPeer.channels(evenIds(2, 4097))));
    }

    @Test
    void closedChannelsThatStandInUnreadItemsCountAsOpenOnes() {
        try (ScriptedPeer worker = ScriptedPeer.worker(1 << 20)) {
            Channel channel = worker.connection().newChannel();
            openAndClose(worker, 2, 4096);
            assertThat(worker.settle()).isEmpty();
            assertThat(worker.connection().channelCount()).isEqualTo(1);
            assertThat(channel.receive()).isInstanceOf(Tuple.class);
            openAndClose(worker, 10_000, 4096);
            assertThat(channel.receive()).as("the first item was taken in time").isInstanceOf(Tuple.class);
            openAndClose(worker, 20_000, 2);
            openAndClose(worker, 30_000, 4095);
            assertThat(worker.awaitLoss().reason()).contains("more than 4096 channels");
        }
    }

    @Test
    void channelsInItemsThatNobodyWillEverTakeAreNotCounted() {
        try (ScriptedPeer worker = ScriptedPeer.worker(1 << 20)) {
            nameFourThousandIn(worker, worker.connection().newChannel().id(), 2);
            assertThat(worker.settle()).isEmpty();
            Awaitility.await().until(() -> {
                System.gc();
                return worker.connection().channelsOfPeer() == 0;
            });
        }
    }

    @Test
    void aChannelThatThePeerMayHaveOpenedAnewIsClosedThereAgain() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            Channel inner = worker.connection().newChannel();
            Channel unsent = worker.connection().newChannel();
            channel.send(inner);
            worker.send(FrameType.CLOSE, inner.id());
            worker.send(FrameType.CLOSE, unsent.id());
            assertThat(worker.settle()).containsExactly("CHANNEL_DATA 1 channel 3", "CHANNEL_CLOSE 3");
        }
    }

    @Test
    void aChannelThatWasClosedWhileAValueWithItWaitedIsClosedAgain() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            Channel inner = worker.connection().newChannel();
            channel.send(new byte[ReceiveWindow.BYTES]);
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> channel.send(inner));
            Awaitility.await().until(inner::isNamedToPeer);
            inner.close();
            worker.credit(1, 2 * ReceiveWindow.BYTES);
            sent.get(10, TimeUnit.SECONDS);
            worker.take(FrameType.DATA, 1);
            worker.take(FrameType.CLOSE, 3);
            worker.take(FrameType.DATA, 1);
            worker.take(FrameType.CLOSE, 3);
        }
    }

    @Test
    void aChannelThatWasNeverOpenedCannotStandInAnItem() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.send(FrameType.DATA, 1, ScriptedPeer.channels(3));
            assertThatThrownBy(channel::receive).hasMessageContaining("channel 3 cannot stand here");
            assertThat(worker.awaitLoss().reason()).contains("channel 3 cannot stand here");
        }
    }

    private static void nameFourThousandIn(ScriptedPeer worker, int id, int first) {
        worker.send(FrameType.DATA, id, ScriptedPeer.channels(evenIds(first, 4000)));
        for (int each : evenIds(first, 4000)) {
            worker.send(FrameType.CLOSE, each);
        }
        worker.send(FrameType.CLOSE, id);
    }

    /** The peer names channels in an item on channel 1, and closes them. */
    private static void openAndClose(ScriptedPeer worker, int first, int count) {
        int[] ids = evenIds(first, count);
        worker.send(FrameType.DATA, 1, ScriptedPeer.channels(ids));
        for (int id : ids) {
            worker.send(FrameType.CLOSE, id);
        }
    }

    private static int[] evenIds(int first, int count) {
        return IntStream.range(0, count).map(i -> first + 2 * i).toArray();
    }

    @Test
    void anItemThatNamesManyChannelsIsReadInGoodTime() throws Exception {
        try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
            coordinator.value(FrameType.EXEC, 1, "nothing");
            Channel channel = coordinator.host().execs.take();
            int[] ids = new int[200_000];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = 2 * i + 3;
            }
            coordinator.send(FrameType.DATA, 1, ScriptedPeer.channels(ids));
            // Work that grows with the square of the number of names takes over a minute here; the linear one a moment.
            assertThat(channel.receive(Duration.ofSeconds(40))).isInstanceOf(Tuple.class);
        }
    }

    @Test
    void channelsThatNeverWereTakeNoMemoryAndAreRefused() {
        try (ScriptedPeer worker = ScriptedPeer.worker(1 << 26)) {
            Channel channel = worker.connection().newChannel();
            int[] ids = new int[100_000];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = 2 * i + 1_000_001;
            }
            long before = used();
            for (int i = 0; i < 10; i++) {
                worker.send(FrameType.DATA, 1, ScriptedPeer.channels(ids));
            }
            worker.settle();
            assertThat(used() - before).isLessThan(50 * 1_000_000L);
            assertThatThrownBy(channel::receive).hasMessageContaining("cannot stand here");
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void theEndOfTheStreamIsALoss() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.data(1, "last words");
            worker.endOutput();
            assertThat(worker.awaitLoss().reason()).isEqualTo("lost: the peer closed the connection");
            assertThat(channel.receive()).isEqualTo("last words");
            assertThatThrownBy(channel::receive).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void theEndOfTheStreamWithinAFrameIsALossThatSaysSo() {
        for (int cut = 1; cut < 14; cut++) {
            try (ScriptedPeer worker = ScriptedPeer.worker()) {
                worker.sendCut(cut, FrameType.DATA, 1, new byte[5]);
                worker.endOutput();
                assertThat(worker.awaitLoss().reason()).contains("within a frame's");
            }
        }
    }

    @Test
    void terminateOfThePeerEndsTheConnection() {
        try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
            coordinator.send(FrameType.TERMINATE, 0);
            assertThat(coordinator.awaitLoss().reason()).isEqualTo("lost: the peer ended the gateway");
            assertThat(coordinator.host().terminated).isTrue();
        }
    }

    @Test
    void terminatingThePeerComesAfterWhatIsQueued() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            channel.send(1);
            worker.connection().terminatePeer();
            worker.take(FrameType.DATA, 1);
            worker.take(FrameType.TERMINATE, 0);
            assertThat(worker.outputEnds()).isTrue();
            assertThatThrownBy(() -> channel.send(2)).isInstanceOf(GatewayLostException.class);
            assertThatThrownBy(() -> worker.connection().exec(new byte[0])).isInstanceOf(GatewayLostException.class);
            worker.data(1, "still heard");
            assertThat(channel.receive()).isEqualTo("still heard");
        }
    }

    @Test
    void aWorkerWhoseInputEndedCanStillSend() {
        try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
            coordinator.value(FrameType.EXEC, 1, "quiet");
            coordinator.settle();
            Channel task = coordinator.host().execs.remove();
            coordinator.endOutput();
            coordinator.awaitLoss();
            assertThatThrownBy(task::receive).isInstanceOf(GatewayLostException.class);
            task.send("result");
            assertThat(ScriptedPeer.decode(coordinator.take(FrameType.DATA, 1).payload()))
                    .isEqualTo("result");
            coordinator.connection().closeAll("we are ending");
            assertThat(coordinator.takeError(1)).isEqualTo("we are ending");
        }
    }

    @Test
    void aFaultWhileAFrameIsHandledEndsTheConnectionAndTellsEverybody() {
        for (Throwable fault :
                new Throwable[] {new IllegalStateException("fault"), new NoClassDefFoundError("fault")}) {
            try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
                Channel channel = coordinator.connection().newChannel();
                coordinator.host().onExec = () -> {
                    if (fault instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) fault;
                };
                coordinator.value(FrameType.EXEC, 1, "x");
                assertThat(coordinator.awaitLoss().reason()).contains("fault in execnet4j", "fault");
                assertThatThrownBy(channel::receive).isInstanceOf(GatewayLostException.class);
            }
        }
    }

    @Test
    void aHostThatCannotSayWhyDoesNotKeepAnybodyWaiting() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.host().onDiagnose = () -> {
                throw new IllegalStateException("no idea");
            };
            worker.endOutput();
            assertThat(worker.awaitLoss().reason()).contains("the peer closed the connection");
            assertThatThrownBy(channel::receive).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void afterAViolationNoMoreFramesAreHeeded() throws Exception {
        try (ScriptedPeer coordinator = ScriptedPeer.coordinator()) {
            coordinator.connection().violated("something a reader does not see", new LoadException("x"));
            coordinator.awaitLoss();
            coordinator.value(FrameType.EXEC, 1, "x");
            assertThat(coordinator.host().execs.poll(100, TimeUnit.MILLISECONDS))
                    .isNull();
            assertThat(coordinator.host().losses).hasSize(1);
        }
    }

    @Test
    void aDeadProcessIsALossAfterWhatItWroteWasRead() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.data(1, "last words");
            long before = System.nanoTime();
            worker.connection().peerGone("exit 1");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(worker.awaitLoss().reason()).isEqualTo("lost: exit 1");
            assertThat(channel.receive()).isEqualTo("last words");
        }
    }

    @Test
    void anOutputThatBreaksIsALoss() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.breakInput();
            channel.send("lost");
            assertThat(worker.awaitLoss().reason()).contains("nothing can be written to the peer: broken pipe");
            assertThatThrownBy(channel::receive).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void aViolationEndsThatConnectionOnly() {
        try (ConnectionPair other = ConnectionPair.open()) {
            Channel echo = other.start(task -> task.send(task.receive()));
            assertViolates(ScriptedPeer.worker(), "protocol", peer -> peer.send(9, 0));
            echo.send("alive");
            assertThat(echo.receive()).isEqualTo("alive");
        }
    }

    private interface Act {
        void on(ScriptedPeer peer);
    }

    /** The connection ends, says why, and everybody who waits hears it. */
    private static void assertViolates(ScriptedPeer opened, String reason, Act act) {
        try (ScriptedPeer peer = opened) {
            Channel channel = peer.connection().newChannel();
            try {
                act.on(peer);
            } catch (AssertionError e) {
                assertThat(peer.awaitLoss().reason()).contains(reason);
            }
            assertThat(peer.awaitLoss().reason())
                    .contains("the peer broke the protocol")
                    .contains(reason);
            assertThatThrownBy(() -> channel.waitClose(LONG)).isInstanceOf(GatewayLostException.class);
        }
    }

    @Test
    void toStringOfFramesInErrorsIsShort() {
        try (ScriptedPeer peer = ScriptedPeer.worker()) {
            peer.send(42, 1, new byte[50_000]);
            assertThat(peer.awaitLoss().reason())
                    .hasSizeLessThan(300)
                    .contains(new Frame((byte) 42, 1).toString().substring(0, 20));
        }
    }
}
