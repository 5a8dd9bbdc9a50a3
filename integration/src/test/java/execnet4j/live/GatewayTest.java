package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.RemoteInfo;
import execnet4j.RemoteStatus;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.RemoteTaskException;
import execnet4j.spec.GatewaySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tasks.Exits;

@ExtendWith(SharedWorkers.class)
class GatewayTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Gateway gateway = Workers.shared();

    @Test
    @DisplayName("G01 a new gateway is alive, in its group, found by its id, and has its spec")
    void newGateway() {
        try (Group group = Group.builder().build()) {
            Gateway fresh = group.makeGateway(GatewaySpec.of("popen//id=fresh"));

            assertThat(fresh.isAlive()).isTrue();
            assertThat(fresh.id()).isEqualTo("fresh");
            assertThat(group.contains(fresh)).isTrue();
            assertThat(group.get("fresh")).isSameAs(fresh);
            assertThat(fresh.group()).isSameAs(group);
            assertThat(fresh.spec()).isEqualTo(GatewaySpec.of("popen//id=fresh"));
        }
    }

    @Test
    @DisplayName("G02 its string form says how it is, alive and dead")
    void stringForm() {
        try (Group group = Group.start("popen//id=shown")) {
            Gateway shown = group.get(0);
            assertThat(shown).hasToString("<Gateway id='shown' receive-live, thread model, 0 active channels>");
            Channel channel = shown.newChannel();
            assertThat(shown.toString()).contains("1 active channels");

            shown.exit();
            shown.join(SOON);

            assertThat(channel.isClosed()).isTrue();
            assertThat(shown).hasToString("<Gateway id='shown' not-receiving, thread model, 0 active channels>");
        }
    }

    @Test
    @DisplayName("G04 the status counts no task when nothing runs")
    void idleStatus() {
        assertThat(gateway.remoteStatus()).isEqualTo(new RemoteStatus(0, 0, "thread"));
    }

    @Test
    @DisplayName("G06 asking for the status leaves no channel behind, at neither end")
    void statusLeavesNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.remoteStatus().channels()).isZero();
        }
        assertThat(Workers.openChannels(gateway)).isZero();
    }

    @Test
    @DisplayName("G07 G34 the status counts two tasks and their channels while they run, then none")
    void busyStatus() {
        Channel one = gateway.remoteExec("channel.send(1); channel.receive();");
        Channel two = gateway.remoteExec("channel.send(1); channel.receive();");
        one.receive(SOON);
        two.receive(SOON);

        assertThat(gateway.remoteStatus()).isEqualTo(new RemoteStatus(2, 2, "thread"));
        one.send(null);
        one.waitClose(SOON);
        assertThat(gateway.remoteStatus().executing()).isEqualTo(1);
        two.send(null);
        two.waitClose(SOON);

        assertThat(gateway.remoteStatus()).isEqualTo(new RemoteStatus(0, 0, "thread"));
    }

    @Test
    @DisplayName("G12 waitClose after an empty task returns")
    void emptyTask() {
        gateway.remoteExec("").waitClose(SOON);
        gateway.remoteExec(channel -> {}).waitClose(SOON);
    }

    @Test
    @DisplayName("G13 the same with a task that only defines something")
    void definingTask() {
        gateway.remoteExec("record Point(int x, int y) {}").waitClose(SOON);
        gateway.remoteExec("int x = 1;").waitClose(SOON);
    }

    @Test
    @DisplayName("G14 the same with no timeout")
    void emptyTaskWithoutTimeout() {
        gateway.remoteExec("").waitClose();
    }

    @Test
    @DisplayName("G20 what a worker is has been said at its start, is kept, and is asked again on request")
    void remoteInfo() {
        RemoteInfo info = gateway.remoteInfo();
        assertThat(gateway.remoteInfo()).isSameAs(info);

        RemoteInfo again = gateway.updateRemoteInfo();

        assertThat(again).isNotSameAs(info).isEqualTo(info);
        assertThat(gateway.remoteInfo()).isSameAs(again);
    }

    @Test
    @DisplayName("G21 a popen worker starts in the current directory of its creator")
    void currentDirectory() {
        assertThat(gateway.remoteInfo().cwd())
                .isEqualTo(Path.of("").toAbsolutePath().toString());
    }

    @Test
    @DisplayName("G22 errors in one-line code still carry a readable traceback")
    void oneLineError() {
        Channel channel = gateway.remoteExec("Object x = List.of().get(0);");

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("IndexOutOfBoundsException")
                .hasMessageContaining("<remote exec>:1");
    }

    @Test
    @DisplayName("G23 several gateways at once each answer")
    void several() {
        Group pair = Workers.pair();
        for (Gateway each : pair) {
            Channel channel = each.remoteExec("channel.send(ProcessHandle.current().pid());");
            assertThat(channel.receive(long.class, SOON))
                    .isEqualTo(each.remoteInfo().pid());
            channel.waitClose(SOON);
        }
        assertThat(pair.get(0).remoteInfo().pid())
                .isNotEqualTo(pair.get(1).remoteInfo().pid());
    }

    @Test
    @DisplayName("G24 what a popen worker says of itself is so")
    void truth() {
        RemoteInfo info = gateway.remoteInfo();

        assertThat(ProcessHandle.of(info.pid())).isPresent();
        assertThat(info.version()).isEqualTo(System.getProperty("java.version"));
        assertThat(Path.of(info.executable())).isEqualTo(Path.of(System.getProperty("java.home"), "bin", "java"));
        assertThat(info.platform()).isEqualTo(System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    @Test
    @DisplayName("G26 System.exit in a task is that task's error and not the worker's death")
    void systemExit() {
        Channel channel = gateway.remoteExec(Exits::directly);

        assertThat(channel.receive(SOON)).isEqualTo("before");
        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("System.exit(7) called in a task")
                .hasMessageContaining("tasks.Exits.directly(Exits.java:");
        Channel text = gateway.remoteExec("System.exit(8);");
        assertThatThrownBy(() -> text.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("System.exit(8)");
        assertThat(gateway.remoteStatus().executing()).isZero();
    }

    @Test
    @DisplayName("G32 two tasks run at once; the second may finish first")
    void secondFirst() {
        Channel first = gateway.remoteExec("channel.receive(); channel.send(1);");
        Channel second = gateway.remoteExec("channel.send(2);");

        assertThat(second.receive(SOON)).isEqualTo(2);
        second.waitClose(SOON);
        first.send(null);
        assertThat(first.receive(SOON)).isEqualTo(1);
        first.waitClose(SOON);
    }

    @Test
    @DisplayName("G33 five tasks that send at once mix up nothing")
    void parallelSends() {
        int count = 2_000;
        List<Channel> channels = IntStream.range(0, 5)
                .mapToObj(each -> gateway.remoteExec(channel -> {
                    for (int i = 0; i < count; i++) {
                        channel.send(List.of(each, i, "x".repeat(i % 300)));
                    }
                }))
                .toList();

        for (int each = 0; each < channels.size(); each++) {
            List<Object> items = new ArrayList<>();
            channels.get(each).forEach(items::add);
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                expected.add(List.of(each, i, "x".repeat(i % 300)));
            }
            assertThat(items).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("B15 the coordinator's channels have the ids 1, 3, 5 …")
    void ids() {
        try (Group group = Group.start("popen")) {
            Gateway fresh = group.get(0);
            assertThat(List.of(
                            fresh.newChannel().id(),
                            fresh.newChannel().id(),
                            fresh.newChannel().id()))
                    .containsExactly(1, 3, 5);
        }
    }

    @Test
    void aStatusIsAskedForWithATimeoutAndAnInterruptEndsIt() throws Exception {
        assertThat(gateway.remoteStatus(SOON).executing()).isZero();
        Thread.currentThread().interrupt();
        assertThatThrownBy(gateway::remoteStatus).isInstanceOf(ChannelInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        Awaitility.await()
                .untilAsserted(() -> assertThat(Workers.openChannels(gateway)).isZero());
    }

    @Test
    @DisplayName("G11 the worker runs on the kernel alone")
    void theWorkerRunsOnTheKernelAlone() {
        Channel channel = gateway.remoteExec(
                "channel.send(Arrays.asList(System.getProperty(\"java.class.path\").split(File.pathSeparator)));");

        assertThat((List<?>) channel.receive(SOON)).singleElement().asString().contains("kernel");
        channel.waitClose(SOON);
    }
}
