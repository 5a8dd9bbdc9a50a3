package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.RemoteTaskException;
import execnet4j.live.programs.Coordinator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a Python worker ends, whoever waits for it is told, and nothing of it is left. */
@Timeout(90)
class PythonEndTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final byte[] MEGABYTE = new byte[1 << 20];
    private static final String PYTHON = "popen//python=python3";

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("G25 T02 whoever waits on a Python worker that is killed is told; items and endmarker come once")
    void killed() throws Exception {
        Gateway gateway = group.makeGateway(PYTHON);
        Channel receiving = gateway.remoteExec("channel.receive()");
        Channel sent = gateway.remoteExec("channel.send(1)\nchannel.receive()");
        Channel unread = gateway.remoteExec("channel.gateway.newchannel().receive()");
        assertThat(sent.receive(SOON)).isEqualTo(1);
        List<CompletableFuture<@Nullable Throwable>> calls = List.of(
                CompletableFuture.supplyAsync(() -> catchThrowable(receiving::receive)),
                CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                    while (true) {
                        unread.send(MEGABYTE);
                    }
                })));

        Processes.signal("KILL", gateway.remoteInfo().pid());

        for (CompletableFuture<@Nullable Throwable> call : calls) {
            assertThat(call.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("exit 137 (probably signal 9)");
        }
        List<@Nullable Object> got = Collections.synchronizedList(new ArrayList<>());
        sent.setCallback(got::add, "end");
        assertThatThrownBy(() -> sent.waitClose(SOON)).isInstanceOf(GatewayLostException.class);
        assertThat(got).containsExactly("end");
        assertThat(group.terminate(SOON).workers().get(0).outcome()).isEqualTo(Outcome.DIED);
    }

    @Test
    @DisplayName("G26 a SystemExit is that task's error; os._exit is the worker's end, with its last words")
    void exits() {
        Gateway gateway = group.makeGateway(PYTHON);
        Channel exiting = gateway.remoteExec("import sys; sys.exit(3)");
        assertThatThrownBy(() -> exiting.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("SystemExit: 3");
        Channel interrupted = gateway.remoteExec("raise KeyboardInterrupt");
        assertThatThrownBy(() -> interrupted.waitClose(SOON)).hasMessage("keyboard-interrupted");

        Channel gone = gateway.remoteExec("import os; os.write(2, b'about to go\\n'); os._exit(42)");
        assertThatThrownBy(() -> gone.receive(SOON))
                .isInstanceOf(GatewayLostException.class)
                .hasMessageContaining("exit 42")
                .hasMessageContaining("about to go");
    }

    @Test
    void aStoppedWorkerHoldsNobodyLongerThanItsTimeoutAndIsKilled() throws Exception {
        Gateway gateway = group.makeGateway(PYTHON);
        Channel channel = gateway.remoteExec("channel.send('running')\nfor item in channel: pass");
        channel.receive(SOON);
        Processes.signal("STOP", gateway.remoteInfo().pid());

        assertThatThrownBy(() -> {
                    while (true) {
                        channel.send(MEGABYTE, Duration.ofMillis(200));
                    }
                })
                .isInstanceOf(ChannelTimeoutException.class);
        TerminationReport report = group.terminate(Duration.ofSeconds(1));

        assertThat(report.workers().get(0).outcome()).isEqualTo(Outcome.KILLED);
        Processes.awaitGone(Duration.ofSeconds(2), gateway.remoteInfo().pid());
    }

    @Test
    void theLadderInterruptsWhatDoesNotEnd() throws Exception {
        Gateway heeding = group.makeGateway(PYTHON);
        Channel told = heeding.remoteExec("import time\nchannel.send('up')\ntime.sleep(100)");
        told.receive(SOON);
        Gateway killed = group.makeGateway(PYTHON);
        Channel endless = killed.remoteExec("""
                import signal
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                channel.send('up')
                while True: pass
                """);
        endless.receive(SOON);

        TerminationReport report = group.terminate(Duration.ofSeconds(9));

        assertThat(report.workers())
                .extracting(TerminationReport.Worker::outcome)
                .containsExactly(Outcome.INTERRUPTED, Outcome.KILLED);
        assertThatThrownBy(() -> told.waitClose(SOON)).hasMessage("keyboard-interrupted");
        assertThatThrownBy(() -> endless.waitClose(SOON)).isInstanceOf(GatewayLostException.class);
    }

    @Test
    void childrenEndWithTheWorkerHoweverThatEnds() throws Exception {
        List<Long> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Channel channel = group.makeGateway(PYTHON).remoteExec("""
                    import subprocess
                    child = subprocess.Popen('sleep 600 & echo $!; wait', shell=True, stdout=subprocess.PIPE)
                    channel.send(child.pid)
                    channel.send(int(child.stdout.readline()))
                    channel.receive()
                    """);
            for (int j = 0; j < 2; j++) {
                Long child = channel.receive(long.class, SOON);
                children.add(child == null ? 0 : child);
            }
        }
        assertThat(children).hasSize(4).doesNotContain(0L);

        Processes.signal("KILL", group.get(0).remoteInfo().pid());
        group.get(1).exit();

        Processes.awaitGone(SOON, children);
    }

    @Test
    void nothingOutlivesACoordinatorThatIsKilled() throws Exception {
        try (ChildJvm coordinator =
                ChildJvm.of(Coordinator.class, List.of(), Map.of(), "python", "python-children", "wait")) {
            coordinator.readTo("ready");
            assertThat(coordinator.told()).hasSize(3);

            Processes.signal("KILL", coordinator.pid());

            Processes.awaitGone(Duration.ofSeconds(25), coordinator.told());
        }
    }
}
