package execnet4j.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionSettings;
import execnet4j.channel.TestHost;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayLostException;
import execnet4j.protocol.CodeTraffic;
import execnet4j.serial.Dump;
import execnet4j.serial.Tuple;
import execnet4j.testing.BytePipe;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameReader;
import execnet4j.wire.FrameType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that asks for code; the test answers as the coordinator. */
@Timeout(60)
class RemoteCodeTest {
    private final BytePipe toWorker = BytePipe.of(1 << 16);
    private final BytePipe fromWorker = BytePipe.readByTest(1 << 16);
    private final FrameReader requests = new FrameReader(fromWorker.input());
    private final ConnectionSettings settings = new ConnectionSettings("gw0", false, true, false, 1 << 20);
    private final TestHost host = new TestHost(settings);
    private final Connection worker = new Connection(toWorker.input(), fromWorker.output(), settings, host);
    private final RemoteCode code = new RemoteCode(worker);

    RemoteCodeTest() {
        host.onExtension(code::answered);
        host.onEnded(code::lost);
        worker.start();
    }

    @AfterEach
    void close() throws Exception {
        toWorker.cut();
        fromWorker.cut();
        worker.ended().get(10, TimeUnit.SECONDS);
        worker.finish(Duration.ofSeconds(10));
    }

    @Test
    void anAnswerGoesToWhoAskedWhateverTheOrder() throws Exception {
        CompletableFuture<byte @Nullable []> type = ask(() -> code.classBytes("com.acme.A"));
        Frame first = request();
        assertThat(question(first)).isEqualTo(Tuple.of(true, "com.acme.A"));
        CompletableFuture<byte @Nullable []> resource = ask(() -> code.resource("words.txt"));
        Frame second = request();
        assertThat(question(second)).isEqualTo(Tuple.of(false, "words.txt"));
        CompletableFuture<byte @Nullable []> none = ask(() -> code.resource("none.txt"));
        Frame third = request();
        answer(third.channelId(), Tuple.of(null, null));
        answer(second.channelId(), Tuple.of(new byte[] {2}, null));
        answer(first.channelId(), Tuple.of(new byte[] {1}, null));
        assertThat(type.get(10, TimeUnit.SECONDS)).containsExactly(1);
        assertThat(resource.get(10, TimeUnit.SECONDS)).containsExactly(2);
        assertThat(none.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void aRefusalIsThrownWithItsReason() throws Exception {
        CompletableFuture<byte @Nullable []> asked = ask(() -> code.resource("secret"));
        answer(request().channelId(), Tuple.of(null, "not in the task class path"));
        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(ExecnetException.class)
                .hasMessageContaining("secret")
                .hasMessageContaining("not in the task class path");
    }

    @Test
    void answersThatNobodyAskedForAreIgnored() throws Exception {
        answer(99, Tuple.of(new byte[1], null));
        CompletableFuture<byte @Nullable []> asked = ask(() -> code.resource("a"));
        int id = request().channelId();
        answer(id + 1, Tuple.of(new byte[] {9}, null));
        answer(id, Tuple.of(new byte[] {1}, null));
        assertThat(asked.get(10, TimeUnit.SECONDS)).containsExactly(1);
        answer(id, Tuple.of(new byte[] {2}, null));
        assertThat(worker.isLive()).isTrue();
    }

    @Test
    void anAnswerThatIsNoneEndsTheConnection() throws Exception {
        CompletableFuture<byte @Nullable []> asked = ask(() -> code.resource("a"));
        answer(request().channelId(), "what?");
        assertThat(worker.ended().get(10, TimeUnit.SECONDS).reason()).contains("not understood");
        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aLossWakesAllWhoWaitAlsoThoseWhoWaitForTheirTurn() throws Exception {
        List<CompletableFuture<byte @Nullable []>> asked = new ArrayList<>();
        for (int i = 0; i < CodeTraffic.MAX_PENDING + 6; i++) {
            String name = "r" + i;
            asked.add(ask(() -> code.resource(name)));
        }
        for (int i = 0; i < CodeTraffic.MAX_PENDING; i++) {
            request();
        }
        toWorker.cut();
        for (CompletableFuture<byte @Nullable []> each : asked) {
            assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(ExecnetException.class)
                    .hasMessageContaining("coordinator");
        }
        assertThatThrownBy(() -> asked.get(0).get()).cause().hasCauseInstanceOf(GatewayLostException.class);
        assertThatThrownBy(() -> code.resource("later")).isInstanceOf(ExecnetException.class);
    }

    @Test
    void noMoreThanTheLimitAreAskedAtOnce() throws Exception {
        List<CompletableFuture<byte @Nullable []>> asked = new ArrayList<>();
        for (int i = 0; i < CodeTraffic.MAX_PENDING + 1; i++) {
            String name = "r" + i;
            asked.add(ask(() -> code.resource(name)));
        }
        int[] ids = new int[CodeTraffic.MAX_PENDING];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = request().channelId();
        }
        // A frame that can only come after all that were asked for; status is answered in order.
        send(FrameType.STATUS, 1, new byte[0]);
        assertThat(request().type()).isEqualTo(FrameType.DATA);
        assertThat(request().type()).isEqualTo(FrameType.CLOSE);
        answer(ids[0], Tuple.of(new byte[0], null));
        Frame last = request();
        assertThat(last.type()).isEqualTo(FrameType.CLASS_REQUEST);
        answer(last.channelId(), Tuple.of(new byte[0], null));
        for (int i = 1; i < ids.length; i++) {
            answer(ids[i], Tuple.of(new byte[0], null));
        }
        for (CompletableFuture<byte @Nullable []> each : asked) {
            assertThat(each.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void anInterruptDoesNotEndTheAsking() throws Exception {
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<byte @Nullable []> asked = ask(() -> {
            Thread.currentThread().interrupt();
            byte[] bytes = code.resource("a");
            flag.complete(Thread.interrupted());
            return bytes;
        });
        answer(request().channelId(), Tuple.of(new byte[] {1}, null));
        assertThat(asked.get(10, TimeUnit.SECONDS)).containsExactly(1);
        assertThat(flag.get(10, TimeUnit.SECONDS))
                .as("the interrupt is still there")
                .isTrue();
    }

    private interface Asking {
        byte @Nullable [] get();
    }

    private static CompletableFuture<byte @Nullable []> ask(Asking asking) {
        CompletableFuture<byte @Nullable []> answer = new CompletableFuture<>();
        DaemonThreads.pool().execute(() -> {
            try {
                answer.complete(asking.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private Frame request() throws Exception {
        return Objects.requireNonNull(requests.read());
    }

    private @Nullable Object question(Frame request) {
        assertThat(request.type()).isEqualTo(FrameType.CLASS_REQUEST);
        return worker.decode(request.payload());
    }

    private void answer(int id, Object value) throws Exception {
        byte[] dump = Dump.dumps(value);
        send(FrameType.CLASS_ANSWER, id, Arrays.copyOfRange(dump, 1, dump.length));
    }

    private void send(byte type, int id, byte[] payload) throws Exception {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put(type).putInt(id).putInt(payload.length).put(payload);
        toWorker.output().write(frame.array());
    }
}
