package execnet4j.channel;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.concurrent.DaemonThreads;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that goes from streams to a socket while it is used. */
@Timeout(60)
class MoveTest {
    private static final int ITEMS = 20_000;
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void whatIsSentBeforeMeanwhileAndAfterArrivesInOrderBothWays() throws Exception {
        try (ConnectionPair pair = ConnectionPair.open()) {
            SocketPair sockets = SocketPair.open();
            pair.coordinatorHost().onExtension((id, payload) -> follow(pair.coordinator(), sockets.one()));
            pair.workerHost().onExtension((id, payload) -> follow(pair.worker(), null));
            Channel channel = pair.start(task -> task.forEach(task::send));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAll(channel), DaemonThreads.pool());

            for (int i = 0; i < ITEMS; i++) {
                assertThat(channel.receive(int.class, LONG)).isEqualTo(i);
                if (i == ITEMS / 4) {
                    pair.worker().sendOn(sockets.other());
                }
            }
            sent.get(20, TimeUnit.SECONDS);

            byte[] large = new byte[1 << 22];
            large[large.length - 1] = 7;
            channel.send(large, LONG);
            assertThat(channel.receive(byte[].class, LONG)).isEqualTo(large);
            assertThat(pair.coordinatorHost().extensionFrames).containsExactly(FrameType.MOVED);
            assertThat(pair.workerHost().extensionFrames).containsExactly(FrameType.MOVED);
            channel.close();
        }
    }

    private static void sendAll(Channel channel) {
        for (int i = 0; i < ITEMS; i++) {
            channel.send(i, LONG);
        }
    }

    private static void follow(Connection connection, @Nullable SocketChannel socket) {
        try {
            if (socket != null) {
                connection.sendOn(socket);
            }
            assertThat(connection.receiveOn()).isTrue();
            assertThat(connection.receiveOn()).isFalse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
