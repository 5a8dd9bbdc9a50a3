package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MainThreadOnlyTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Group group = Group.start("popen//execmodel=main_thread_only");
    private final Gateway gateway = group.get(0);

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("G40 P13 ten tasks one after another all run in the main thread, also when one of them fails")
    void mainThread() {
        for (int i = 0; i < 10; i++) {
            Channel channel = gateway.remoteExec(
                    remote -> remote.send(Thread.currentThread().getName()));
            assertThat(channel.receive(SOON)).isEqualTo("main");
            channel.waitClose(SOON);
            if (i == 4) {
                Channel failing = gateway.remoteExec("throw new IllegalStateException();");
                assertThatThrownBy(() -> failing.waitClose(SOON)).isInstanceOf(RemoteTaskException.class);
            }
        }
    }

    @Test
    @DisplayName("P14 the worker's end waits for the task on the main thread")
    void endDuringTask() {
        Channel channel = gateway.remoteExec("""
                channel.send("running");
                try {
                    channel.receive();
                } catch (execnet4j.error.ChannelClosedException e) {
                    channel.send("finished on " + Thread.currentThread().getName());
                }
                """);
        channel.receive(SOON);

        assertThat(group.terminate(SOON).allGraceful()).isTrue();

        assertThat(channel.receive(SOON)).isEqualTo("finished on main");
    }

    @Test
    @DisplayName("G41 a second task at once is refused, saying why, within about a second; a later one runs")
    void secondTask() {
        Channel first = gateway.remoteExec("channel.send(1); channel.receive();");
        first.receive(SOON);
        long begin = System.nanoTime();

        Channel second = gateway.remoteExec("channel.send(2);");

        assertThatThrownBy(() -> second.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("deadlock")
                .hasMessageContaining("main_thread_only");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
        first.send(null);
        first.waitClose(SOON);
        Channel third = gateway.remoteExec("channel.send(3);");
        assertThat(third.receive(SOON)).isEqualTo(3);
        third.waitClose(SOON);
    }
}
