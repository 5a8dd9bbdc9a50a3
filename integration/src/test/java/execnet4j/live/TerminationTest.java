package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.ChannelItem;
import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.TerminationReport;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.serve.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tasks.Children;

@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"popen", "popen//python=python3", TerminationTest.SERVED})
@Timeout(90)
class TerminationTest {
    /** What a server starts, over TLS. */
    static final String SERVED = "socket//python=python3";

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SLACK = Duration.ofSeconds(2);

    @Parameter
    String kind = "popen";

    @TempDir
    Path folder;

    private String spec = "";
    private @Nullable TestServer server;

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();
    private final List<Long> pids = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        if (kind.equals(SERVED)) {
            TestServer started = TestServer.withTls(folder);
            server = started;
            spec = started.spec() + "//python=python3";
        } else {
            spec = kind;
        }
    }

    @AfterEach
    void allGone() {
        group.terminate(Duration.ZERO);
        Processes.awaitGone(Duration.ofSeconds(10), pids);
        if (server != null) {
            server.close();
        }
    }

    private Gateway start() {
        Gateway gateway = group.makeGateway(spec);
        pids.add(gateway.remoteInfo().pid());
        return gateway;
    }

    private static Channel endless(Gateway gateway) {
        return Workers.exec(
                gateway,
                channel -> {
                    channel.send(1);
                    while (true) {
                        Thread.onSpinWait();
                    }
                },
                """
                import signal
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                channel.send(1)
                while True: pass
                """);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    @DisplayName("T01 exit returns at once though a task sleeps, and the worker ends when its ladder says")
    void exitDoesNotWait() {
        Gateway gateway = start();
        Channel channel = Workers.exec(
                gateway,
                remote -> {
                    remote.send(1);
                    new CountDownLatch(1).await();
                },
                "import time; channel.send(1); time.sleep(100)");
        channel.receive(SOON);
        long begin = System.nanoTime();

        gateway.exit();
        gateway.exit();

        assertThat(since(begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(gateway.isAlive()).isFalse();
        assertThat(group).isEmpty();
        assertThatThrownBy(() -> gateway.join(Duration.ofMillis(100))).isInstanceOf(ChannelTimeoutException.class);
        gateway.join(SOON);
        assertThat(since(begin)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
        assertThatThrownBy(() -> channel.waitClose(SOON)).hasMessageContaining("keyboard-interrupted");
    }

    @Test
    @DisplayName("P12 after exit no task is started, one that runs completes, and nothing is printed")
    void afterExit() {
        Gateway gateway = start();
        Channel channel = Workers.exec(
                gateway,
                remote -> {
                    remote.send("running");
                    try {
                        remote.receive();
                    } catch (ChannelClosedException e) {
                        remote.send("completed");
                    }
                },
                """
                channel.send('running')
                try:
                    channel.receive()
                except EOFError:
                    channel.send('completed')
                """);
        channel.receive(SOON);
        Channel idle = gateway.newChannel();

        gateway.exit();

        assertThatThrownBy(() -> gateway.remoteExec(""))
                .isInstanceOf(GatewayLostException.class)
                .hasMessageContaining("gw0 was terminated");
        assertThatThrownBy(() -> idle.send(1))
                .isInstanceOf(ChannelClosedException.class)
                .hasMessageContaining("gw0 was terminated");
        gateway.join(SOON);
        assertThat(channel.receive(SOON)).isEqualTo("completed");
        assertThat(lines.all()).isEmpty();
    }

    @Test
    @DisplayName("T03 T04 after terminate a worker that waited in receive is gone, and it printed nothing")
    void terminateWhileReceiving() {
        Gateway gateway = start();
        Channel channel = Workers.exec(
                gateway,
                remote -> {
                    remote.send("waiting");
                    remote.receive();
                },
                "channel.send('waiting'); channel.receive()");
        channel.receive(SOON);
        long begin = System.nanoTime();

        TerminationReport report = group.terminate(SOON);

        assertThat(since(begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(report.allGraceful()).isTrue();
        assertThat(report.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.gatewayId()).isEqualTo("gw0");
            assertThat(worker.exitStatus()).hasValue(0);
        });
        Processes.awaitGone(Duration.ofSeconds(1), pids);
        assertThat(lines.all()).isEmpty();
        assertThatThrownBy(() -> channel.receive(SOON))
                .isInstanceOf(GatewayLostException.class)
                .hasMessageContaining("terminated");
    }

    @Test
    @DisplayName("M07 M09 M10 terminate empties the group, and a second one does nothing")
    void terminateTwice() {
        start();
        start();
        assertThat(group).hasToString("<Group ['gw0', 'gw1']>");

        assertThat(group.terminate(SOON).workers())
                .extracting(TerminationReport.Worker::gatewayId)
                .containsExactly("gw0", "gw1");

        assertThat(group).hasToString("<Group []>");
        assertThat(group.terminate().workers()).isEmpty();
        group.close();
        assertThat(start().isAlive()).as("it can be used again").isTrue();
    }

    @Test
    @DisplayName("M16 ten that overrun are all killed within the timeout")
    void overrun() {
        Group ten = Group.builder()
                .outputListener(lines)
                .start("10*" + (spec.equals("popen") ? spec + "//jvm=-Xmx32m" : spec));
        ten.forEach(gateway -> pids.add(gateway.remoteInfo().pid()));
        ten.forEach(gateway -> endless(gateway).receive(SOON));
        long begin = System.nanoTime();

        TerminationReport report = ten.terminate(Duration.ofSeconds(1));

        assertThat(since(begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(1).plus(SLACK));
        assertThat(report.workers()).hasSize(10).allSatisfy(worker -> {
            assertThat(worker.outcome()).isEqualTo(Outcome.KILLED);
            assertThat(worker.exitStatus()).hasValue(137);
        });
    }

    @Test
    @DisplayName("M17 who ends in time is not killed, though another one is")
    void inTime() {
        start();
        start();
        endless(group.get(1)).receive(SOON);

        assertThat(group.terminate(Duration.ofSeconds(2)).workers())
                .extracting(TerminationReport.Worker::outcome)
                .containsExactly(Outcome.GRACEFUL, Outcome.KILLED);
    }

    @Test
    void whatAWorkerStillSendsComesBeforeTheEndMarkers() throws Exception {
        start();
        start();
        MultiChannel channels = Team.exec(
                group,
                channel -> {
                    channel.send("ready");
                    try {
                        channel.receive();
                    } catch (ChannelClosedException e) {
                        for (int i = 0; i < 100; i++) {
                            channel.send(i);
                        }
                    }
                },
                """
                channel.send('ready')
                try:
                    channel.receive()
                except EOFError:
                    for i in range(100):
                        channel.send(i)
                """);
        channels.receiveEach(SOON);
        BlockingQueue<ChannelItem> queue = channels.makeReceiveQueue("end");

        group.terminate(SOON);

        assertThat(queue.size()).isEqualTo(202);
        List<List<@Nullable Object>> got = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 202; i++) {
            ChannelItem item = queue.poll(20, TimeUnit.SECONDS);
            if (item != null) {
                got.get(item.channel() == channels.get(0) ? 0 : 1).add(item.value());
            }
        }
        for (List<@Nullable Object> each : got) {
            assertThat(each).hasSize(101).startsWith(0, 1).endsWith(99, "end");
        }
    }

    @Test
    void aSenderThatWaitsForCreditWakes() throws Exception {
        Gateway gateway = start();
        Channel unread = Workers.exec(
                gateway,
                remote -> {
                    remote.send(1);
                    remote.gateway().newChannel().receive();
                },
                "channel.send(1); channel.gateway.newchannel().receive()");
        unread.receive(SOON);
        byte[] large = new byte[1 << 20];
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                while (true) {
                    unread.send(large);
                }
            } catch (RuntimeException e) {
                thrown.complete(e);
            }
        });
        sender.start();
        Awaitility.await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);

        group.terminate(Duration.ofSeconds(5));

        assertThat(thrown.get(5, TimeUnit.SECONDS)).isInstanceOf(GatewayLostException.class);
    }

    @Test
    void terminateWaitsForNoCallback() throws Exception {
        Gateway gateway = start();
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        CompletableFuture<Boolean> go = new CompletableFuture<>();
        List<@Nullable Object> got = Collections.synchronizedList(new ArrayList<>());
        Channel channel = Workers.exec(gateway, remote -> remote.send("item"), "channel.send('item')");
        channel.setCallback(
                item -> {
                    entered.complete(true);
                    go.join();
                    got.add(item);
                },
                "end");
        entered.get(20, TimeUnit.SECONDS);
        long begin = System.nanoTime();

        group.terminate(SOON);

        assertThat(since(begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(got).isEmpty();
        go.complete(true);
        channel.waitClose(SOON);
        assertThat(got).containsExactly("item", "end");
    }

    @Test
    void childrenOfAWorkerEndWithItGracefullyAndByForce() {
        for (Duration timeout : List.of(SOON, Duration.ZERO)) {
            Gateway gateway = start();
            pids.add(pidOf(Workers.exec(gateway, Children::startAndWait, """
                    import subprocess
                    channel.send(subprocess.Popen(['sleep', '600']).pid)
                    channel.receive()
                    """)));
            pids.add(pidOf(Workers.exec(gateway, Children::orphanAndWait, """
                    import subprocess
                    shell = subprocess.Popen('sleep 600 >&2 & echo $!', shell=True, stdout=subprocess.PIPE)
                    channel.send(int(shell.stdout.readline()))
                    channel.receive()
                    """)));

            group.terminate(timeout);

            Processes.awaitGone(Duration.ofSeconds(5), pids);
        }
    }

    private static long pidOf(Channel channel) {
        Long pid = channel.receive(long.class, SOON);
        if (pid == null) {
            throw new AssertionError("no process id came");
        }
        return pid;
    }

    @Test
    @DisplayName("M18 a worker that cannot be told to be gone in time holds up neither the caller nor the others")
    void interruptedTerminate() throws Exception {
        endless(start()).receive(SOON);
        start();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> group.terminate(SOON)).isInstanceOf(ChannelInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        Processes.awaitGone(Duration.ofSeconds(5), pids);
        assertThat(group).isEmpty();
    }
}
