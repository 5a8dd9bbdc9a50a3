package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.far.programs.Starter;
import execnet4j.live.ChildJvm;
import execnet4j.live.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Workers on hosts where nothing was installed but a Java and a Python. */
@OnSshHosts
class SshGatewayTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    /** The worker's own ladder, and some for a busy machine. */
    private static final Duration LADDER = Duration.ofSeconds(25);

    private final SshHosts hosts = SshHosts.shared();
    private final List<String> printed = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("X21 a worker of each kind, with its id, is on its host, and tasks and output are as anywhere")
    void aWorkerOfEachKind() {
        hosts.on(2, "rm -rf /root/.cache");
        try (Group group = group(hosts.spec(1) + "//id=jvm", hosts.spec(2) + "//id=py//python=python3")) {
            assertThat(group.get(0).id()).isEqualTo("jvm");
            Channel jvm = group.get("jvm").remoteExec("""
                    channel.send(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
                    System.out.println("of the jvm");
                    """);
            Channel python = group.get("py").remoteExec("""
                    import socket
                    channel.send(socket.gethostname())
                    print("of the python")
                    """);
            assertThat(jvm).containsExactly(hosts.name(1));
            assertThat(python).containsExactly(hosts.name(2));
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        }
        assertThat(printed).contains("of the jvm", "of the python");
        assertThat(hosts.on(2, "ls -A /root | grep -v ssh; :")).isEmpty();
    }

    @Test
    @DisplayName("G30 the host of an ssh gateway is known to its errors")
    void theHostIsKnown() throws Exception {
        try (Group group = group(hosts.spec(1))) {
            Gateway gateway = group.get(0);
            Channel channel = gateway.remoteExec("channel.receive();");
            hosts.on(1, "pkill -9 -f 'Worker[M]ain$'");
            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOfSatisfying(
                            GatewayLostException.class,
                            e -> assertThat(e.host()).hasValue(hosts.name(1)))
                    .hasMessageContaining("exit 137 (probably signal 9)");
        }
    }

    @Test
    void workersOfAHostShareConnectionsAndTheKernelIsSentOnce() {
        hosts.on(3, "rm -rf /root/.cache");
        // Those of another test end by themselves, a moment after it.
        Awaitility.await().atMost(SOON).until(() -> hosts.connections(3) == 0);
        try (Group group = group("11*" + hosts.spec(3), hosts.spec(3) + "//python=python3")) {
            assertThat(group).allMatch(Gateway::isAlive);
            assertThat(hosts.connections(3)).isEqualTo(2);
            assertThat(hosts.on(3, "ls /root/.cache/execnet4j | wc -l").strip()).isEqualTo("1");
        }
        Awaitility.await().atMost(SOON).until(() -> hosts.connections(3) == 0);
    }

    @Test
    void pastWhatTheServerAllowsConnectionsAreOpenedAnew() {
        hosts.on(
                3,
                "echo 'MaxSessions 2' > /run/host/few; cat /run/host/sshd_config | grep -v MaxSessions >> /run/host/few;"
                        + " cp /run/host/sshd_config /run/host/many; cp /run/host/few /run/host/sshd_config; kill -HUP 1");
        try (Group group = group("5*" + hosts.spec(3) + "//python=python3")) {
            assertThat(group.remoteExec("channel.send(1)").receiveEach()).hasSize(5);
            assertThat(hosts.connections(3)).isGreaterThan(1);
        } finally {
            hosts.on(3, "cp /run/host/many /run/host/sshd_config; kill -HUP 1");
        }
        assertThat(printed).isEmpty();
    }

    @Test
    void aKilledWorkerTakesNoSiblingAlong() throws Exception {
        try (Group group = group("3*" + hosts.spec(1) + "//python=python3")) {
            Gateway first = group.get(0);
            Gateway second = group.get(1);
            Gateway third = group.get(2);
            Channel ofFirst = first.remoteExec("channel.receive()");
            Channel ofSecond = second.remoteExec("channel.receive()");
            hosts.on(1, "kill -9 " + idThere(first));
            assertThatThrownBy(() -> ofFirst.receive(SOON)).isInstanceOf(GatewayLostException.class);
            ProcessHandle.current()
                    .children()
                    .filter(each -> {
                        String command = each.info().commandLine().orElse("");
                        return command.contains(hosts.name(1)) && command.contains("exec sh");
                    })
                    .findFirst()
                    .orElseThrow()
                    .destroyForcibly();
            Awaitility.await().atMost(SOON).until(() -> !second.isAlive() || !third.isAlive());
            Gateway left = second.isAlive() ? second : third;
            assertThat(left.remoteExec("channel.send(5)").receive(SOON)).isEqualTo(5);
            assertThat(ofSecond.isClosed()).isEqualTo(left == third);
        }
    }

    @Test
    void whoDoesNotEndInTimeIsKilledOnItsHost() {
        Set<String> before = hosts.workers(1);
        try (Group group = group(hosts.spec(1), hosts.spec(1) + "//python=python3")) {
            group.get(0)
                    .remoteExec("channel.send(1); while (true) { Thread.onSpinWait(); }")
                    .receive(SOON);
            group.get(1)
                    .remoteExec("channel.send(1)\nimport time\ntime.sleep(1000)")
                    .receive(SOON);
            assertThat(group.terminate(Duration.ofMillis(200)).workers())
                    .extracting(worker -> worker.outcome())
                    .containsExactly(Outcome.KILLED, Outcome.KILLED);
            assertThat(hosts.workers(1)).isSubsetOf(before);
        }
    }

    @Test
    void nothingOutlivesACoordinatorThatIsKilled() throws Exception {
        List<Path> before = sockets();
        Set<String> workersBefore = hosts.workers(2);
        try (ChildJvm coordinator = ChildJvm.of(
                Starter.class, List.of(), Map.of(), "2*" + hosts.spec(2), hosts.spec(2) + "//python=python3")) {
            coordinator.readTo("ready");
            List<Long> helpers = ProcessHandle.of(coordinator.pid())
                    .orElseThrow()
                    .descendants()
                    .map(ProcessHandle::pid)
                    .toList();
            assertThat(helpers).hasSizeGreaterThanOrEqualTo(5);

            Processes.signal("KILL", coordinator.pid());

            Processes.awaitGone(SOON, helpers);
            Awaitility.await().atMost(LADDER).until(() -> workersBefore.containsAll(hosts.workers(2)));
            Awaitility.await().atMost(SOON).until(() -> sockets().equals(before));
        }
    }

    @Test
    void aPulledCableIsNoticedWithin15Seconds() {
        try (Group group =
                group(hosts.spec("-o LogLevel=INFO", 3), hosts.spec(3) + "//python=python3", hosts.spec(1))) {
            Channel silent = group.get(0).remoteExec("channel.send(1); channel.receive();");
            Channel python = group.get(1).remoteExec("channel.send(1); channel.receive()");
            silent.receive(SOON);
            python.receive(SOON);
            long start = System.nanoTime();
            hosts.happens("cut", 3);
            try {
                assertThatThrownBy(() -> silent.receive(Duration.ofSeconds(15)))
                        .isInstanceOf(GatewayLostException.class)
                        .hasMessageContaining("not responding");
                assertThatThrownBy(() -> python.receive(Duration.ofSeconds(15)))
                        .isInstanceOf(GatewayLostException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
                assertThat(group.get(2).isAlive()).isTrue();
                assertThat(group.terminate(SOON).workers())
                        .extracting(worker -> worker.outcome())
                        .containsExactly(Outcome.UNREACHABLE, Outcome.UNREACHABLE, Outcome.GRACEFUL);
            } finally {
                hosts.happens("heal", 3);
            }
        }
    }

    @Test
    void anyLoginShellAndAnyGreeting() {
        List<String> shells = List.of("/bin/bash", "/bin/dash", "/usr/bin/fish", "/usr/bin/tcsh");
        for (String shell : shells) {
            hosts.happens("kill", 2);
            hosts.boot(2, shell);
            hosts.on(
                    2,
                    "mkdir -p /root/.config/fish; for f in .bashrc .tcshrc .config/fish/config.fish; do echo 'echo hi there'"
                            + " > /root/$f; done");
            printed.clear();
            try (Group group = group(hosts.spec(2) + "//env:A=it's $HOME!", hosts.spec(2) + "//python=python3")) {
                Channel channel = group.get(0).remoteExec("channel.send(System.getenv(\"A\"));");
                assertThat(channel.receive(SOON)).as(shell).isEqualTo("it's $HOME!");
                assertThat(group.get(1).remoteExec("channel.send(1)").receive(SOON))
                        .isEqualTo(1);
            }
            if (!shell.equals("/bin/dash")) {
                assertThat(printed).as(shell).contains("hi there");
            }
        }
        hosts.happens("kill", 2);
        hosts.happens("boot", 2);
    }

    @Test
    void aHomeThatCannotBeWrittenWillDo() {
        hosts.on(3, "rm -rf /root/.cache; mkdir /root/.cache; mount -t tmpfs -o ro none /root/.cache");
        try (Group group = group("2*" + hosts.spec(3))) {
            assertThat(group.remoteExec("channel.send(1);").receiveEach()).hasSize(2);
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        } finally {
            hosts.on(3, "umount /root/.cache");
        }
        assertThat(hosts.on(3, "ls /tmp")).isEmpty();
    }

    private Group group(String... specs) {
        return Group.builder().outputListener((id, line) -> printed.add(line)).start(specs);
    }

    /** Its own number within its host, which it knows itself. */
    private static long idThere(Gateway gateway) {
        return gateway.remoteInfo().pid();
    }

    private static List<Path> sockets() throws java.io.IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().startsWith("execnet4j-"))
                            .sorted()
                            .toList());
        }
    }
}
