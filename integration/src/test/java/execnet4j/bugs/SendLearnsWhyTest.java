package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** Who was sending when the worker died got "cannot be written to: Broken pipe" in place of how it died. */
class SendLearnsWhyTest {
    @RepeatedTest(5)
    void aSenderLearnsHowTheWorkerDied() throws Exception {
        try (Group group = Group.start("popen//jvm=-Xmx64m")) {
            Gateway gateway = group.get(0);
            Channel channel = gateway.remoteExec(remote -> remote.forEach(item -> {}));
            CompletableFuture<Boolean> sending = new CompletableFuture<>();
            CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                while (true) {
                    channel.send("more");
                    sending.complete(true);
                }
            }));
            sending.get(10, TimeUnit.SECONDS);

            ProcessHandle.of(gateway.remoteInfo().pid()).orElseThrow().destroyForcibly();

            assertThat(thrown.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("exit 137 (probably signal 9)");
        }
    }

    @RepeatedTest(5)
    void whoStartsATaskThenLearnsItToo() throws Exception {
        try (Group group = Group.start("popen//jvm=-Xmx64m")) {
            Gateway gateway = group.get(0);
            CompletableFuture<Boolean> starting = new CompletableFuture<>();
            CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                while (true) {
                    gateway.remoteStatus();
                    starting.complete(true);
                }
            }));
            starting.get(10, TimeUnit.SECONDS);

            ProcessHandle.of(gateway.remoteInfo().pid()).orElseThrow().destroyForcibly();

            assertThat(thrown.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("exit 137 (probably signal 9)");
        }
    }
}
