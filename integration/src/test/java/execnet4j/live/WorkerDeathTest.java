package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import execnet4j.ChannelItem;
import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.TerminationReport;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tasks.Children;
import tasks.Exits;

/** Whoever waits for a worker wakes when it dies, however it dies, and learns why. */
@Timeout(60)
class WorkerDeathTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] MEGABYTE = new byte[1 << 20];

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();
    private final Gateway gateway = group.makeGateway();
    private final long pid = gateway.remoteInfo().pid();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(2));
    }

    private static CompletableFuture<@Nullable Throwable> failing(ThrowingCallable call) {
        CompletableFuture<@Nullable Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> thrown.complete(catchThrowable(call)), "test-caller");
        thread.start();
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> isWaiting(thread) || thrown.isDone());
        return thrown;
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }

    @Test
    @DisplayName(
            "G25 whoever waits on a worker that is killed is told: receive, send, waitClose, iteration, status, join")
    void killed() throws Exception {
        Channel received = gateway.remoteExec(channel -> channel.receive());
        Channel unread = gateway.remoteExec(channel -> {
            Channel never = channel.gateway().newChannel();
            never.receive();
        });
        List<CompletableFuture<@Nullable Throwable>> calls = List.of(
                failing(() -> received.receive()),
                failing(() -> received.waitClose()),
                failing(() -> received.iterator().hasNext()),
                failing(() -> {
                    while (true) {
                        unread.send(MEGABYTE);
                    }
                }));
        CompletableFuture<@Nullable Throwable> join = failing(() -> gateway.join(SOON));

        Processes.signal("KILL", pid);

        for (CompletableFuture<@Nullable Throwable> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("gw0")
                    .hasMessageContaining("exit 137 (probably signal 9)");
        }
        assertThat(join.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(gateway.isAlive()).isFalse();
        assertThat(received.isClosed()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> received.receive()).isInstanceOf(GatewayLostException.class);
            assertThatThrownBy(() -> received.waitClose()).isInstanceOf(GatewayLostException.class);
            assertThatThrownBy(() -> received.send(1)).isInstanceOf(GatewayLostException.class);
        }
        assertThatThrownBy(() -> gateway.remoteExec("")).isInstanceOf(GatewayLostException.class);
        assertThatThrownBy(gateway::newChannel).isInstanceOf(GatewayLostException.class);
        assertThatThrownBy(gateway::remoteStatus).isInstanceOf(GatewayLostException.class);
        assertThat(group.contains(gateway)).as("so that somebody notices").isTrue();
        assertThat(group.terminate(SOON).workers().get(0).outcome()).isEqualTo(TerminationReport.Outcome.DIED);
    }

    @Test
    @DisplayName("T02 a worker killed before the callback is set still gives its items and the endmarker, once")
    void killedBeforeCallback() throws Exception {
        Channel channel = gateway.remoteExec(remote -> {
            Channel after = (Channel) remote.receive();
            remote.send(1);
            remote.send(2);
            after.send("both are out");
            remote.receive();
        });
        Channel after = gateway.newChannel();
        channel.send(after);
        BlockingQueue<ChannelItem> queue =
                MultiChannel.of(gateway.remoteExec(remote -> remote.receive())).makeReceiveQueue("end");
        assertThat(channel.receive(SOON)).isEqualTo(1);
        assertThat(after.receive(SOON)).isEqualTo("both are out");
        Processes.signal("KILL", pid);
        gateway.join(SOON);

        List<@Nullable Object> got = Collections.synchronizedList(new ArrayList<>());
        channel.setCallback(got::add, "end");

        assertThatThrownBy(() -> channel.waitClose(SOON)).isInstanceOf(GatewayLostException.class);
        assertThat(got).containsExactly(2, "end");
        ChannelItem last = queue.poll(20, TimeUnit.SECONDS);
        assertThat(last).isNotNull().extracting(ChannelItem::value).isEqualTo("end");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aSlowCallbackThatIsRunningWhenTheWorkerDiesFinishesAndTheEndMarkerFollows() throws Exception {
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        CompletableFuture<Boolean> go = new CompletableFuture<>();
        List<@Nullable Object> got = Collections.synchronizedList(new ArrayList<>());
        Channel channel = gateway.remoteExec(remote -> {
            remote.send("item");
            remote.receive();
        });
        channel.setCallback(
                item -> {
                    entered.complete(true);
                    go.join();
                    got.add(item);
                },
                "end");
        entered.get(20, TimeUnit.SECONDS);
        Processes.signal("KILL", pid);
        gateway.join(SOON);
        go.complete(true);

        assertThatThrownBy(() -> channel.waitClose(SOON)).isInstanceOf(GatewayLostException.class);
        assertThat(got).containsExactly("item", "end");
    }

    @Test
    void theLastWordsOfAWorkerAreInTheError() {
        Channel channel = gateway.remoteExec("""
                System.err.println("about to go");
                Runtime.getRuntime().halt(42);
                """);

        assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOfSatisfying(GatewayLostException.class, lost -> {
            assertThat(lost).hasMessageContaining("exit 42").hasMessageContaining("about to go");
            assertThat(lost.diagnosis()).hasValueSatisfying(diagnosis -> {
                assertThat(diagnosis.exitStatus()).hasValue(42);
                assertThat(diagnosis.lastErrorLines()).containsExactly("about to go");
                assertThat(diagnosis.command()).isNotEmpty();
            });
        });
    }

    @Test
    void anExitThatIsReachedInAnotherWayFailsTheOpenChannelsAndIsNamed() {
        Channel bystander = gateway.remoteExec(channel -> channel.receive());
        Channel channel = gateway.remoteExec(Exits::throughRuntime);

        for (Channel each : List.of(bystander, channel)) {
            assertThatThrownBy(() -> each.waitClose(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("exit was called at")
                    .hasMessageContaining("tasks.Exits.throughRuntime(Exits.java:");
        }
        gateway.join(SOON);
        assertThatThrownBy(gateway::newChannel)
                .isInstanceOf(GatewayLostException.class)
                .hasMessageContaining("exit 3")
                .hasMessageContaining("tasks.Exits.throughRuntime(Exits.java:");
    }

    @Test
    @DisplayName(
            "G25 a worker that is told to end by SIGTERM is lost like one that is killed; its last items come first")
    void toldToEndBySignal() throws Exception {
        Channel channel = gateway.remoteExec(remote -> {
            remote.send("running");
            remote.send("last");
            remote.receive();
        });
        channel.receive(SOON);

        Processes.signal("TERM", pid);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> channel.waitClose(SOON))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("exit 143 (probably signal 15)");
        }
        assertThat(channel.receive(SOON)).isEqualTo("last");
        assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOf(GatewayLostException.class);
        gateway.join(SOON);
        assertThatThrownBy(gateway::newChannel)
                .isInstanceOf(GatewayLostException.class)
                .hasMessageContaining("exit 143 (probably signal 15)");
    }

    @Test
    void anInterruptedTaskIsAnErrorOfThatTaskAlone() {
        Channel channel = gateway.remoteExec("Thread.currentThread().interrupt(); channel.receive();");
        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessage("keyboard-interrupted");

        Channel thrown = gateway.remoteExec("throw new InterruptedException();");
        assertThatThrownBy(() -> thrown.waitClose(SOON)).hasMessage("keyboard-interrupted");
        assertThat(gateway.remoteStatus().executing()).isZero();
    }

    @Test
    void aStoppedWorkerHoldsNoSenderLongerThanItsTimeoutOrAnInterrupt() throws Exception {
        Channel channel = gateway.remoteExec(remote -> {
            remote.send("running");
            remote.forEach(item -> {});
        });
        channel.receive(SOON);
        Processes.signal("STOP", pid);

        assertThatThrownBy(() -> {
                    while (true) {
                        channel.send(MEGABYTE, Duration.ofMillis(200));
                    }
                })
                .isInstanceOf(ChannelTimeoutException.class);
        assertThatThrownBy(() -> gateway.remoteStatus(Duration.ofMillis(200)))
                .isInstanceOf(ChannelTimeoutException.class);
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        CompletableFuture<@Nullable Throwable> interrupted = failing(() -> {
            caller.complete(Thread.currentThread());
            channel.send(MEGABYTE);
        });
        caller.get(5, TimeUnit.SECONDS).interrupt();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isInstanceOf(ChannelInterruptedException.class);
        CompletableFuture<@Nullable Throwable> sender = failing(() -> channel.send(MEGABYTE));
        long start = System.nanoTime();

        TerminationReport report = group.terminate(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(report.workers().get(0).outcome()).isEqualTo(TerminationReport.Outcome.KILLED);
        assertThat(sender.get(5, TimeUnit.SECONDS)).isInstanceOf(GatewayLostException.class);
        Processes.awaitGone(Duration.ofSeconds(2), pid);
    }

    @Test
    void aStoppedWorkerThatGoesOnHasEverythingThatWasSent() throws Exception {
        Channel channel = gateway.remoteExec(remote -> {
            long sum = 0;
            for (Object item = remote.receive(); item != null; item = remote.receive()) {
                sum += ((byte[]) item).length;
            }
            remote.send(sum);
        });
        Processes.signal("STOP", pid);
        long sent = 0;
        while (true) {
            try {
                channel.send(MEGABYTE, Duration.ofMillis(200));
                sent += MEGABYTE.length;
            } catch (ChannelTimeoutException e) {
                break;
            }
        }
        Processes.signal("CONT", pid);

        channel.send(null, SOON);

        assertThat(channel.receive(long.class, SOON)).isEqualTo(sent);
        channel.waitClose(SOON);
    }

    @Test
    void aGrandchildThatHoldsStandardErrorOpenDelaysNothing() throws Exception {
        Channel channel = gateway.remoteExec("""
                Process outside = new ProcessBuilder("setsid", "sleep", "600").inheritIO().start();
                channel.send(outside.pid());
                channel.receive();
                """);
        Long outside = channel.receive(long.class, SOON);
        assertThat(outside).isNotNull();
        List<Long> left = outside == null ? List.of() : List.of(outside);
        try {
            long start = System.nanoTime();
            Processes.signal("KILL", pid);

            assertThatThrownBy(() -> channel.receive(SOON)).hasMessageContaining("exit 137");

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        } finally {
            Processes.killLeft(left);
        }
    }

    @Test
    void childrenOfAKilledWorkerDieWithIt() throws Exception {
        Long child = gateway.remoteExec(Children::startAndWait).receive(long.class, SOON);
        Long orphan = gateway.remoteExec(Children::orphanAndWait).receive(long.class, SOON);

        Processes.signal("KILL", pid);

        assertThat(List.of(child == null ? 0 : child, orphan == null ? 0 : orphan))
                .allSatisfy(each -> assertThat(each).isPositive());
        Processes.awaitGone(Duration.ofSeconds(10), List.of(child == null ? 0 : child, orphan == null ? 0 : orphan));
    }
}
