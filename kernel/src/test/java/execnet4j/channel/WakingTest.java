package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every call that waits: it is woken by a loss and by an interrupt, and it heeds its timeout. */
@Timeout(60)
class WakingTest {
    private static final int WINDOW = 65_536;
    private static final Duration LONG = Duration.ofSeconds(20);

    private interface Call {
        void on(Channel channel) throws IOException;
    }

    /** What a waiting call ended with. */
    private record End(@Nullable Throwable thrown, boolean interruptFlag) {}

    /** Calls that wait for something from the peer, which says nothing and reads nothing. */
    private static Map<String, Call> receivingCalls() {
        Map<String, Call> calls = new TreeMap<>();
        calls.put("receive()", Channel::receive);
        calls.put("receive(Duration)", channel -> channel.receive(LONG));
        calls.put("receive(Class)", channel -> channel.receive(String.class));
        calls.put("receive(Class, Duration)", channel -> channel.receive(String.class, LONG));
        calls.put("waitClose()", Channel::waitClose);
        calls.put("waitClose(Duration)", channel -> channel.waitClose(LONG));
        calls.put("hasNext", channel -> assertThat(channel.iterator().hasNext()).isTrue());
        calls.put("next", channel -> channel.iterator().next());
        calls.put("InputStream.read", channel -> channel.inputStream().read());
        calls.put("Reader.read", channel -> channel.reader().read());
        calls.put("waitClose() with a callback", channel -> {
            channel.setCallback(item -> {});
            channel.waitClose();
        });
        return calls;
    }

    private static Map<String, Call> sendingCalls() {
        Map<String, Call> calls = new TreeMap<>();
        calls.put("send", channel -> channel.send("x"));
        calls.put("send(Duration)", channel -> channel.send("x", LONG));
        calls.put("OutputStream.write", channel -> channel.outputStream().write(1));
        calls.put("Writer.write", channel -> channel.writer().write("x"));
        return calls;
    }

    @Test
    @DisplayName("G25 a loss wakes whoever waits in any call, and says why")
    void lossWakes() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Map<String, CompletableFuture<End>> ends = new TreeMap<>();
            for (Map.Entry<String, Call> each : receivingCalls().entrySet()) {
                Channel channel = worker.connection().newChannel();
                ends.put(each.getKey(), run(each.getValue(), channel).end());
            }
            for (Map.Entry<String, Call> each : sendingCalls().entrySet()) {
                Channel channel = worker.connection().newChannel();
                channel.send(new byte[WINDOW]);
                ends.put(each.getKey(), run(each.getValue(), channel).end());
            }
            worker.die();
            for (Map.Entry<String, CompletableFuture<End>> each : ends.entrySet()) {
                Throwable thrown = each.getValue().get(10, TimeUnit.SECONDS).thrown();
                assertThat(thrown instanceof IOException e ? e.getCause() : thrown)
                        .as(each.getKey())
                        .isInstanceOf(GatewayLostException.class)
                        .hasMessageContaining("lost: the connection failed: broken pipe");
            }
        }
    }

    @Test
    void lossWakesWhoWaitsForRoom() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            fillThePipe(worker);
            List<CompletableFuture<End>> ends = new ArrayList<>();
            for (Call call : sendingCalls().values()) {
                ends.add(run(call, worker.connection().newChannel()).end());
            }
            worker.die();
            for (CompletableFuture<End> each : ends) {
                Throwable thrown = each.get(10, TimeUnit.SECONDS).thrown();
                assertThat(thrown instanceof IOException e ? e.getCause() : thrown)
                        .isInstanceOf(GatewayLostException.class);
            }
        }
    }

    @Test
    void anInterruptEndsEveryWaitAndLeavesTheFlagSet() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            for (Map.Entry<String, Call> each : receivingCalls().entrySet()) {
                assertHeedsInterrupt(
                        each.getKey(), each.getValue(), worker.connection().newChannel());
            }
            for (Map.Entry<String, Call> each : sendingCalls().entrySet()) {
                Channel channel = worker.connection().newChannel();
                channel.send(new byte[WINDOW]);
                assertHeedsInterrupt(each.getKey() + " without credit", each.getValue(), channel);
            }
            fillThePipe(worker);
            for (Map.Entry<String, Call> each : sendingCalls().entrySet()) {
                assertHeedsInterrupt(
                        each.getKey() + " without room",
                        each.getValue(),
                        worker.connection().newChannel());
            }
        }
    }

    private static void assertHeedsInterrupt(String name, Call call, Channel channel) throws Exception {
        Waiting waiting = run(call, channel);
        waiting.thread().interrupt();
        End end = waiting.end().get(10, TimeUnit.SECONDS);
        assertThat(end.interruptFlag()).as(name).isTrue();
        Throwable thrown = end.thrown();
        if (thrown instanceof IOException) {
            assertThat(thrown).as(name).isInstanceOf(InterruptedIOException.class);
            thrown = thrown.getCause();
        }
        assertThat(thrown).as(name).isInstanceOf(ChannelInterruptedException.class);
        assertThat(channel.isClosed()).isFalse();
    }

    @Test
    void anInterruptedThreadIsRefusedEvenIfItNeedNotWait() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            worker.data(1, "there");
            worker.settle();
            for (Call call : List.<Call>of(Channel::receive, one -> one.send(1), Channel::waitClose)) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> call.on(channel)).isInstanceOf(ChannelInterruptedException.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(channel.receive()).isEqualTo("there");
            assertThat(worker.settle()).isEmpty();
        }
    }

    @Test
    void everyTimeoutIsHeeded() {
        Duration soon = Duration.ofMillis(30);
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            Channel channel = worker.connection().newChannel();
            channel.send(new byte[WINDOW]);
            for (Call call : List.<Call>of(
                    one -> one.receive(soon),
                    one -> one.receive(int.class, soon),
                    one -> one.waitClose(soon),
                    one -> one.send(1, soon),
                    one -> one.send(1, Duration.ZERO),
                    one -> one.waitClose(Duration.ofSeconds(Long.MIN_VALUE)))) {
                assertThatThrownBy(() -> call.on(channel))
                        .isInstanceOf(ChannelTimeoutException.class)
                        .hasMessageContaining("<Channel id=1 open>: timed out in");
            }
            for (Call call : List.<Call>of(
                    one -> one.inputStream(false, soon).read(),
                    one -> one.outputStream(false, soon).write(1),
                    one -> one.reader(false, soon).read(),
                    one -> one.writer(false, soon).write("x"))) {
                assertThatThrownBy(() -> call.on(channel))
                        .isInstanceOf(IOException.class)
                        .hasCauseInstanceOf(ChannelTimeoutException.class);
            }
            Iterator<@Nullable Object> items = channel.iterator(soon);
            assertThatThrownBy(items::hasNext).isInstanceOf(ChannelTimeoutException.class);
            assertThatThrownBy(items::next).isInstanceOf(ChannelTimeoutException.class);
            worker.data(channel.id(), "late");
            assertThat(channel.iterator(LONG).next()).isEqualTo("late");
            fillThePipe(worker);
            Channel other = worker.connection().newChannel();
            assertThatThrownBy(() -> other.send(1, soon)).isInstanceOf(ChannelTimeoutException.class);
        }
    }

    @Test
    void aPeerThatDoesNotReadHoldsNobodyWhoCloses() {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            fillThePipe(worker);
            Channel channel = worker.connection().newChannel();
            channel.close("enough");
            worker.connection().newChannel().close();
            worker.connection().terminatePeer();
        }
    }

    @Test
    void whoWaitsForRoomLearnsThatTheChannelWasClosed() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            fillThePipe(worker);
            for (boolean byPeer : List.of(true, false)) {
                Channel channel = worker.connection().newChannel();
                Waiting waiting = run(each -> each.send("x"), channel);
                if (byPeer) {
                    worker.send(FrameType.CLOSE, channel.id());
                } else {
                    channel.close();
                }
                assertThat(waiting.end().get(10, TimeUnit.SECONDS).thrown())
                        .isInstanceOf(ChannelClosedException.class)
                        .isNotInstanceOf(GatewayLostException.class);
            }
        }
    }

    @Test
    void noItemFollowsTheCloseOfItsChannel() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            fillThePipe(worker);
            Set<Integer> closing = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                Channel channel = worker.connection().newChannel();
                closing.add(channel.id());
                run(each -> each.send("x"), channel);
                DaemonThreads.pool().execute(channel::close);
            }
            Set<Integer> closed = new HashSet<>();
            while (closed.size() < closing.size()) {
                Frame frame = worker.take();
                assertThat(closed).as("after %s", frame).doesNotContain(frame.channelId());
                if (frame.type() == FrameType.CLOSE) {
                    closed.add(frame.channelId());
                }
            }
            Channel last = worker.connection().newChannel();
            last.close();
            for (Frame frame = worker.take(); frame.channelId() != last.id(); frame = worker.take()) {
                assertThat(closed).as("after %s", frame).doesNotContain(frame.channelId());
            }
        }
    }

    @Test
    void codeWaitsForRoomAsItemsDo() throws Exception {
        try (ScriptedPeer worker = ScriptedPeer.worker()) {
            fillThePipe(worker);
            Connection connection = worker.connection();
            int open = connection.channelCount();
            byte[] code = connection.encode(new byte[1 << 20]);
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> connection.exec(code, Duration.ofMillis(1)))
                        .isInstanceOf(ChannelTimeoutException.class);
            }
            assertThatThrownBy(() -> connection.status(Duration.ofMillis(1)))
                    .isInstanceOf(ChannelTimeoutException.class);
            assertThat(connection.isLive()).isTrue();
            assertThat(connection.channelCount()).isEqualTo(open);

            Waiting waiting = run(any -> connection.exec(code), connection.newChannel());
            waiting.thread().interrupt();
            assertThat(waiting.end().get(10, TimeUnit.SECONDS))
                    .extracting(End::interruptFlag, end -> end.thrown() instanceof ChannelInterruptedException)
                    .containsExactly(true, true);
            assertThat(connection.channelCount()).isEqualTo(open + 1);

            CompletableFuture<Channel> started = new CompletableFuture<>();
            run(any -> started.complete(connection.exec(code)), connection.newChannel());
            while (worker.take().type() != FrameType.EXEC) {}
            assertThat(started.get(10, TimeUnit.SECONDS).isClosed()).isFalse();
        }
    }

    private record Waiting(Thread thread, CompletableFuture<End> end) {}

    /** Runs a call on a thread of its own, and returns when that waits. */
    private static Waiting run(Call call, Channel channel) {
        CompletableFuture<End> end = new CompletableFuture<>();
        Thread thread = DaemonThreads.start("execnet4j-waiter", () -> {
            Throwable thrown = null;
            try {
                call.on(channel);
            } catch (Throwable e) {
                thrown = e;
            }
            end.complete(new End(thrown, Thread.currentThread().isInterrupted()));
        });
        Awaitility.await()
                .pollInterval(Duration.ofMillis(1))
                .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return new Waiting(thread, end);
    }

    /** Until a send of one more byte finds no room. */
    private static void fillThePipe(ScriptedPeer worker) {
        while (true) {
            try {
                worker.connection().newChannel().send(new byte[600_000], Duration.ofMillis(30));
            } catch (ChannelTimeoutException e) {
                return;
            }
        }
    }
}
