package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wire that can be polled: who waits reads, who sends writes, and all that is promised of waiting still holds. */
@Timeout(60)
class OverSocketTest {
    private static final long BUDGET = 1 << 26;
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);

    private static void echo(Channel channel) {
        channel.forEach(channel::send);
    }

    @Test
    void valuesOfEveryLengthComeBackAsTheyWere() {
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            Channel channel = pair.start(OverSocketTest::echo);
            Random random = new Random(11);
            for (int length : new int[] {
                0, 1, 4095, 4096, 4097, 65_515, 65_521, 65_522, 65_536, 65_537, 131_072, 1 << 20, (1 << 24) + 1, 1 << 25
            }) {
                byte[] value = new byte[length];
                random.nextBytes(value);
                channel.send(value);
                channel.send(length);
                assertThat(Arrays.equals((byte[]) channel.receive(), value)).isTrue();
                assertThat(channel.receive()).isEqualTo(length);
            }
            channel.close();
        }
    }

    @Test
    void anArrayThatIsChangedAfterItWasSentArrivesAsItWas() {
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            BlockingQueue<Boolean> whole = new LinkedBlockingQueue<>();
            Channel channel = pair.start(task -> {
                for (int i = 0; i < 20; i++) {
                    byte[] value = (byte[]) task.receive();
                    byte expected = (byte) i;
                    whole.add(value != null && IntStream.range(0, value.length).allMatch(k -> value[k] == expected));
                }
            });
            byte[] value = new byte[300_000];
            for (int i = 0; i < 20; i++) {
                Arrays.fill(value, (byte) i);
                channel.send(value);
                Arrays.fill(value, (byte) 99);
            }
            channel.waitClose(LONG);
            assertThat(whole).hasSize(20).doesNotContain(false);
        }
    }

    @Test
    void aWaitThatTimesOutLeavesTheItemToTheNext() {
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            Channel channel = pair.coordinator().newChannel();
            Channel peer = peerOf(pair, channel);
            for (int i = 0; i < 3; i++) {
                long began = System.nanoTime();
                assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOf(ChannelTimeoutException.class);
                assertThat(System.nanoTime() - began).isBetween(SOON.toNanos(), LONG.toNanos());
                peer.send(i);
                assertThat(channel.receive(LONG)).isEqualTo(i);
            }
        }
    }

    @Test
    void whoReadsHeedsAnInterruptAndTheConnectionLivesOn() throws Exception {
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            Channel channel = pair.coordinator().newChannel();
            Channel peer = peerOf(pair, channel);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            Thread waiter = waiting(() -> thrown.complete(failureOf(channel::receive)));
            waiter.interrupt();
            assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(ChannelInterruptedException.class);
            peer.send(5);
            assertThat(channel.receive(LONG)).isEqualTo(5);
        }
    }

    @Test
    void whoReadsServesEverybodyElse() throws Exception {
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            Channel idle = pair.coordinator().newChannel();
            Channel called = pair.coordinator().newChannel();
            Channel received = pair.coordinator().newChannel();
            BlockingQueue<@Nullable Object> calls = new LinkedBlockingQueue<>();
            called.setCallback(calls::add);
            Channel calledPeer = peerOf(pair, called);
            Channel receivedPeer = peerOf(pair, received);
            Thread reading = waiting(() -> failureOf(idle::receive));
            CompletableFuture<@Nullable Object> other = new CompletableFuture<>();
            waiting(() -> other.complete(received.receive()));
            calledPeer.send("called");
            receivedPeer.send("received");
            assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo("called");
            assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("received");
            reading.interrupt();
            reading.join(10_000);
            calledPeer.send("nobody waits in receive");
            assertThat(calls.poll(10, TimeUnit.SECONDS)).isEqualTo("nobody waits in receive");
        }
    }

    @Test
    void aCloseByAnotherThreadWakesWhoReads() throws Exception {
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            Channel channel = pair.coordinator().newChannel();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            waiting(() -> thrown.complete(failureOf(channel::receive)));
            channel.close();
            assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(ChannelClosedException.class);
        }
    }

    @Test
    void theLossOfThePeerWakesWhoReadsAndWhoWaits() throws Exception {
        SocketPair sockets = SocketPair.open();
        TestHost host = new TestHost(new ConnectionSettings("gw0", true, true, false, BUDGET));
        Connection connection =
                new Connection(sockets.one(), new ConnectionSettings("gw0", true, true, false, BUDGET), host);
        host.connection(connection);
        connection.start();
        List<CompletableFuture<Throwable>> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Channel channel = connection.newChannel();
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            ends.add(end);
            waiting(() -> end.complete(failureOf(channel::receive)));
        }
        sockets.other().close();
        for (CompletableFuture<Throwable> each : ends) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isInstanceOf(GatewayLostException.class);
        }
        Awaitility.await().until(() -> !sockets.one().isOpen());
    }

    @Test
    void aPeerThatDoesNotReadHoldsNoSenderLongerThanItWants() throws Exception {
        SocketPair sockets = SocketPair.open();
        ConnectionSettings settings = new ConnectionSettings("gw0", true, false, false, BUDGET);
        TestHost host = new TestHost(settings);
        Connection connection = new Connection(sockets.one(), settings, host);
        host.connection(connection);
        connection.start();
        Channel channel = connection.newChannel();
        byte[] large = new byte[700_000];
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        channel.send(large, SOON);
                    }
                })
                .isInstanceOf(ChannelTimeoutException.class)
                .hasMessageContaining("is read");
        Thread reading = DaemonThreads.start("reading", () -> readToTheEnd(sockets.other()));
        channel.send(1, LONG);
        sockets.other().close();
        reading.join(10_000);
        assertThat(connection.ended().get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void manyThreadsOnManyChannelsLoseNothing() throws Exception {
        int threads = 6;
        int rounds = 1500;
        try (ConnectionPair pair = ConnectionPair.overSocket(BUDGET)) {
            List<CompletableFuture<Integer>> sums = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Channel channel = pair.start(OverSocketTest::echo);
                Random random = new Random(t);
                CompletableFuture<Integer> sum = new CompletableFuture<>();
                sums.add(sum);
                DaemonThreads.start("round-trips", () -> {
                    int total = 0;
                    for (int i = 0; i < rounds; i++) {
                        int burst = random.nextInt(8) == 0 ? random.nextInt(50) : 1;
                        for (int k = 0; k < burst; k++) {
                            channel.send(random.nextInt(40) == 0 ? (Object) new byte[random.nextInt(100_000)] : 1);
                        }
                        for (int k = 0; k < burst; k++) {
                            Object back = random.nextBoolean() ? channel.receive(LONG) : channel.receive();
                            total += back instanceof Integer one ? one : 1;
                        }
                        total -= burst;
                    }
                    sum.complete(total);
                });
            }
            for (CompletableFuture<Integer> each : sums) {
                assertThat(each.get(50, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @Test
    void anArrayThatDoesNotEndAsItShouldIsRefused() throws IOException {
        SocketPair sockets = SocketPair.open();
        ConnectionSettings settings = new ConnectionSettings("gw0", true, true, false, BUDGET);
        TestHost host = new TestHost(settings);
        Connection connection = new Connection(sockets.one(), settings, host);
        host.connection(connection);
        connection.start();
        Channel channel = connection.newChannel();
        ByteBuffer payload = ByteBuffer.allocate(5006).put((byte) 'A').putInt(5000);
        payload.put(5005, (byte) 'N');
        sockets.other().write(ByteBuffer.wrap(ScriptedPeer.encoded(4, channel.id(), payload.array())));
        assertThatThrownBy(() -> channel.receive(LONG)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> channel.receive(LONG)).isInstanceOf(GatewayLostException.class);
    }

    /** The other end's end of a channel, which comes there inside a value. */
    private static Channel peerOf(ConnectionPair pair, Channel channel) {
        CompletableFuture<Channel> peer = new CompletableFuture<>();
        Channel carrier = pair.start(task -> {
            if (task.receive() instanceof Channel named) {
                peer.complete(named);
            }
        });
        carrier.send(channel);
        return peer.join();
    }

    private static void readToTheEnd(SocketChannel peer) {
        ByteBuffer taken = ByteBuffer.allocate(1 << 16);
        try {
            while (peer.read(taken.clear()) >= 0) {
                assertThat(taken.position()).isPositive();
            }
        } catch (IOException e) {
            // The test closes it when it has seen enough.
        }
    }

    private static Throwable failureOf(Supplier<@Nullable Object> call) {
        try {
            return new AssertionError("it gave " + call.get());
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Runs something that waits, and returns when it does. */
    private static Thread waiting(Runnable job) {
        Thread thread = DaemonThreads.start("waiting", job);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("select")
                                || frame.getMethodName().startsWith("await")));
        return thread;
    }
}
