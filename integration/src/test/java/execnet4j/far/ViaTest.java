package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import execnet4j.TerminationReport.Worker;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.GroupStartException;
import execnet4j.error.SpecException;
import execnet4j.far.programs.Starter;
import execnet4j.live.ChildJvm;
import execnet4j.live.Processes;
import execnet4j.stock.StockPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are reached through another worker. */
@ParameterizedClass(name = "through {0}")
@ValueSource(strings = {"popen", "popen//python=python3"})
@Timeout(120)
class ViaTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    /** Its byte budget, 64 MiB at most, and room for its own memory management. */
    private static final long MOST_KILOBYTES_OF_A_PYTHON = (64 + 16) * 1024;

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");
    private static final String SLEEPER =
            "channel.send(new ProcessBuilder(\"sleep\", \"1000\").start().pid()); channel.receive();";

    private static final String JAVA_LIES = """
            java.lang.reflect.Method method = execnet4j.channel.Channel.class.getDeclaredMethod("connection");
            method.setAccessible(true);
            var connection = (execnet4j.channel.Connection) method.invoke(channel);
            connection.send((byte) 4, 5, connection.encode("no bytes"));
            """;
    private static final String PYTHON_LIES = """
            connection = channel._link.connection
            connection.offer(4, 5, connection.encode("no bytes"))
            """;

    @Parameter
    String kind = "popen";

    @TempDir
    Path folder;

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private String host = "";

    @BeforeEach
    void cacheOfItsOwn() {
        host = kind + "//env:XDG_CACHE_HOME=" + folder.resolve("cache");
    }

    @Test
    void workersOfBothKindsStartWhereTheHostIs() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (Group group = group(
                host + "//id=host//chdir=" + home + "//env:FROM=host",
                "popen//via=host//id=java//chdir=sub//env:A=it's $HOME//jvm=-Dx=a 'b'",
                "popen//via=host//id=python//python=python3//env:B=2")) {
            assertThat(group.get("java").remoteExec("""
                    System.out.println("hello");
                    System.err.println("over there");
                    channel.send(System.getProperty("user.dir") + System.getenv("FROM") + System.getenv("A")
                        + System.getProperty("x"));
                    """))
                    .containsExactly(home.resolve("sub") + "host" + "it's $HOME" + "a 'b'");
            assertThat(group.get("python").remoteExec("""
                    import os
                    channel.send(os.getcwd() + os.environ["FROM"] + os.environ["B"])
                    """)).containsExactly(home + "host2");
            if (!isPython()) {
                assertThat(group.get("java").remoteInfo().executable())
                        .isEqualTo(group.get("host").remoteInfo().executable());
            }
            assertThat(group.terminate(SOON).workers()).allSatisfy(worker -> {
                assertThat(worker.outcome()).isEqualTo(Outcome.GRACEFUL);
                assertThat(worker.exitStatus()).hasValue(0);
            });
        }
        assertThat(printed).contains("java: hello", "java: over there");
    }

    @Test
    @DisplayName("M15 via another via, and by a command from there; terminate ends all")
    void severalDeep() {
        try (Group group = group(
                "popen//via=c//id=d//python=python3",
                "command=env DEEP=3//via=b//id=c",
                "popen//via=a//id=b",
                host + "//id=a")) {
            assertThat(group.get("d").remoteExec("import os; channel.send(os.environ['DEEP'])"))
                    .containsExactly("3");
            assertThat(group).extracting(Gateway::id).containsExactly("d", "c", "b", "a");
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        }
    }

    @Test
    void aHostThatRunsOneTaskAtATimeIsTheWayWhileOneRuns() {
        try (Group group = group(host + "//id=a//execmodel=main_thread_only")) {
            Channel busy = group.get("a")
                    .remoteExec(isPython() ? "channel.send(channel.receive())" : "channel.send(channel.receive());");
            Gateway behind = group.makeGateway("popen//via=a//python=python3");
            assertThat(behind.remoteExec("channel.send(1)").receive(SOON)).isEqualTo(1);
            assertThat(group.get("a").remoteStatus().executing()).isEqualTo(1);
            busy.send("still there");
            assertThat(busy.receive(SOON)).isEqualTo("still there");
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        }
    }

    @Test
    void largeItemsPassBothWays() {
        byte[] large = new byte[20_000_000];
        large[large.length - 1] = 7;
        try (Group group = group(host + "//id=a", "popen//via=a//id=b")) {
            Channel channel = group.get("b").remoteExec("channel.send(channel.receive());");
            channel.send(large);
            assertThat(channel.receive(byte[].class, SOON)).isEqualTo(large);
        }
    }

    @Test
    void aWorkerThatReadsNothingStopsWhoSendsAndTheHostHoldsLittle() throws Exception {
        byte[] item = new byte[100_000];
        int count = 1500;
        String small = isPython() ? "" : "//jvm=-Xmx48m";
        try (Group group = group(host + "//id=a" + small, "popen//via=a//id=b")) {
            Gateway b = group.get("b");
            Channel control = b.remoteExec("""
                    List<Channel> channels = new ArrayList<>();
                    for (int i = 0; i < 1500; i++) channels.add(channel.receive(Channel.class));
                    channel.send("ready");
                    long sum = 0;
                    for (Channel each : channels) sum += each.receive(byte[].class).length;
                    channel.send(sum);
                    """);
            List<Channel> channels =
                    IntStream.range(0, count).mapToObj(i -> b.newChannel()).toList();
            channels.forEach(control::send);
            assertThat(control.receive(SOON)).isEqualTo("ready");

            long before = residentKilobytes(group.get("a"));
            Processes.signal("STOP", b.remoteInfo().pid());
            int sent = 0;
            boolean stopped = false;
            while (!stopped && sent < count) {
                try {
                    channels.get(sent).send(item, Duration.ofSeconds(3));
                    sent++;
                } catch (ChannelTimeoutException e) {
                    stopped = true;
                }
            }
            assertThat(stopped).as("after %s items", sent).isTrue();
            assertThat(group.get("a").remoteStatus().executing()).isZero();
            if (isPython()) { // a JVM has its limit from the start
                assertThat(residentKilobytes(group.get("a")) - before).isLessThan(MOST_KILOBYTES_OF_A_PYTHON);
            }

            Processes.signal("CONT", b.remoteInfo().pid());
            channels.subList(sent, count).forEach(channel -> channel.send(item));
            assertThat(control.receive(long.class, SOON)).isEqualTo(150_000_000L);
            channels.forEach(Channel::close);
        }
    }

    @Test
    void aHostThatSaysWhatItShouldNotSpeaksForNobodyElse() {
        try (Group group = group(host + "//id=a", host + "//id=other")) {
            Gateway b = group.makeGateway("popen//via=a//id=b");
            Gateway c = group.makeGateway("popen//via=a//id=c");
            Channel ofB = b.remoteExec("channel.receive();");
            Channel ofC = c.remoteExec("channel.send(channel.receive());");

            // The first relay's channel is the third that was opened.
            group.get("a").remoteExec(isPython() ? PYTHON_LIES : JAVA_LIES).waitClose(SOON);

            assertThat(failure(ofB))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContainingAll("gateway b is lost", "gateway a, which it goes through, says");
            ofC.send(1);
            assertThat(ofC.receive(SOON)).isEqualTo(1);
            assertThat(group.get("a").isAlive()).isTrue();
            assertThat(group.get("other").isAlive()).isTrue();
        }
    }

    @Test
    void nothingOutlivesACoordinatorThatIsKilled() throws Exception {
        try (ChildJvm coordinator = ChildJvm.of(
                Starter.class,
                List.of(),
                Map.of(),
                host + "//id=a",
                "popen//via=a//id=b",
                "popen//via=b//id=c//python=python3",
                "popen//via=a//id=d//python=python3")) {
            coordinator.readTo("ready");
            assertThat(coordinator.told()).hasSize(4);

            Processes.signal("KILL", coordinator.pid());

            Processes.awaitGone(SOON, coordinator.told());
        }
    }

    @Test
    void theExitStatusIsKnownAndWhatItLeavesEndsWithIt() throws Exception {
        try (Group group = group(host + "//id=a", "popen//via=a//id=b")) {
            Gateway gateway = group.get("b");
            Channel channel = gateway.remoteExec(SLEEPER);
            long child = channel.receive(long.class, SOON);

            Processes.signal("KILL", gateway.remoteInfo().pid());

            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContainingAll("gateway b is lost", "exit 137 (probably signal 9)", "via gateway a");
            Processes.awaitGone(SOON, child);
            assertThat(group.get("a").isAlive()).isTrue();
            assertThat(group.replace(gateway).remoteExec("channel.send(1);").receive(SOON))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoDoesNotEndInTimeIsKilledWithItsChildrenAndLeavesBeforeHosts() {
        try (Group group = group(host + "//id=a", "popen//via=a//id=b", "popen//via=b//id=c//python=python3")) {
            Channel channel = group.get("c").remoteExec("""
                    import signal, subprocess
                    signal.signal(signal.SIGINT, signal.SIG_IGN)
                    channel.send(subprocess.Popen(["sleep", "1000"], start_new_session=True).pid)
                    while True: pass
                    """);
            long child = channel.receive(long.class, SOON);
            long worker = group.get("c").remoteInfo().pid();
            long begin = System.nanoTime();

            List<Worker> ends = group.terminate(Duration.ofMillis(300)).workers();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2_300));
            assertThat(ends).extracting(Worker::gatewayId).containsExactly("a", "b", "c");
            assertThat(ends.get(2).outcome()).isEqualTo(Outcome.KILLED);
            Processes.awaitGone(SOON, worker, child);
        }
    }

    @Test
    @DisplayName("whoever waits on a gateway behind a host that dies is told at once, and why")
    void theHostDies() throws Exception {
        try (Group group = group(host + "//id=a", "popen//via=a//id=b", "popen//via=b//id=c//python=python3")) {
            Channel near = group.get("b").remoteExec("channel.send(1); channel.receive();");
            Channel far = group.get("c").remoteExec("channel.send(1)\nchannel.receive()");
            near.receive(SOON);
            far.receive(SOON);
            List<Long> pids = List.of(
                    group.get("b").remoteInfo().pid(),
                    group.get("c").remoteInfo().pid());
            CompletableFuture<Throwable> told = CompletableFuture.supplyAsync(() -> failure(far));

            Processes.signal("KILL", group.get("a").remoteInfo().pid());

            assertThat(told.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContainingAll("gateway c is lost", "through gateway b", "through gateway a", "exit 137");
            assertThat(failure(near)).isInstanceOf(GatewayLostException.class);
            assertThatThrownBy(() -> group.makeGateway("popen//via=a"))
                    .isInstanceOf(ExecnetException.class)
                    .hasMessageContaining("gateway a, which it is to go through, is gone");
            Processes.awaitGone(SOON, pids);
            assertThat(group.terminate(Duration.ofSeconds(5)).workers())
                    .extracting(Worker::outcome)
                    .containsExactly(Outcome.DIED, Outcome.UNREACHABLE, Outcome.UNREACHABLE);
        }
    }

    @Test
    void whatIsLostIsReplacedFromTheHostOn() throws Exception {
        try (Group group = group(host + "//id=a", "popen//via=a//id=b")) {
            Gateway lost = group.get("b");
            Processes.signal("KILL", group.get("a").remoteInfo().pid());
            lost.join(SOON);

            assertThat(group.replace(lost).remoteExec("channel.send(1);").receive(SOON))
                    .isEqualTo(1);
            assertThat(group).extracting(Gateway::id).containsExactly("a", "b");
            assertThat(group.get("a").isAlive()).isTrue();
        }
    }

    @Test
    @DisplayName("T01 exit of a host returns at once; who goes through it ends before it")
    void exitOfAHost() {
        try (Group group = group(host + "//id=a", "popen//via=a//id=b", host + "//id=other")) {
            Gateway a = group.get("a");
            Gateway b = group.get("b");
            Channel channel = b.remoteExec("""
                    channel.send(1);
                    try {
                        channel.receive();
                    } catch (execnet4j.error.ChannelClosedException e) {
                        channel.send("last words");
                    }
                    """);
            channel.receive(SOON);

            a.exit();

            assertThat(group).extracting(Gateway::id).containsExactly("other");
            assertThat(channel.receive(SOON)).isEqualTo("last words");
            a.join(SOON);
            b.join(SOON);
            assertThatThrownBy(b::newChannel).hasMessageContaining("gateway b was terminated");
        }
    }

    @Test
    void oneWithoutAWayIsRefused() {
        try (Group group = group(
                host + "//id=a", "popen//id=stock//python=" + StockPython.any().command() + "//bootstrap=execnet")) {
            assertThatThrownBy(() -> group.makeGateway("popen//via=none"))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("there is no gateway 'none' to go through");
            assertThatThrownBy(() -> group.makeGateway("popen//via=stock"))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("plain execnet");
            assertThatThrownBy(() -> group.makeGateway("popen//id=me//via=me"))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("a gateway cannot go through itself");
            assertThatThrownBy(() -> group.makeGateway("socket=localhost:1//via=a"))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("leave 'via' away");
            assertThat(group).hasSize(2);
        }
        assertThatThrownBy(() -> Group.start("popen//via=b//id=a", "popen//via=a//id=b"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("in a circle");
        assertThatThrownBy(() -> Group.start("popen", "popen//via=none"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("there is no gateway 'none'");
    }

    @Test
    void failuresSayHowFarItCame() {
        try (Group group = group(host + "//id=a")) {
            failure(
                    group,
                    "command=/no/such/command//via=a",
                    Stage.SPAWN,
                    "no command /no/such/command where gateway a is");
            failure(group, "popen//via=a//python=no-python", Stage.INTERPRETER, "run as no-python", "via gateway a");
            failure(group, "popen//via=a//chdir=/no/folder", Stage.SPAWN, "chdir=/no/folder does not exist there");
            failure(group, "ssh=localhost -p 1//via=a", Stage.CONNECT, "no ssh server listens");
            assertThat(group).hasSize(1);
            Awaitility.await("no channel of a failed start is left")
                    .atMost(SOON)
                    .until(() -> group.get("a").toString().contains(" 0 active channels"));
        }
        assertThatThrownBy(() -> Group.start(host + "//id=a//chdir=/no/folder", "popen//via=a//id=b"))
                .isInstanceOf(GroupStartException.class)
                .hasMessageContaining("chdir=/no/folder");
        try (Group group = Group.startAvailable(host + "//id=a//chdir=/no/folder", "popen//via=a//id=b")) {
            assertThat(group.startFailures().get("b"))
                    .hasMessageContaining("gateway a, which it is to go through, did not");
        }
    }

    private static long residentKilobytes(Gateway gateway) throws IOException {
        String status = Files.readString(Path.of("/proc/" + gateway.remoteInfo().pid() + "/status"));
        Matcher found = RESIDENT.matcher(status);
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }

    private boolean isPython() {
        return kind.contains("python");
    }

    private static void failure(Group group, String spec, Stage stage, String... parts) {
        assertThatThrownBy(() -> group.makeGateway(spec, Duration.ofSeconds(10)))
                .as(spec)
                .isInstanceOfSatisfying(
                        GatewayStartException.class, e -> assertThat(e.stage()).isEqualTo(stage))
                .hasMessageContainingAll(parts);
    }

    private static Throwable failure(Channel channel) {
        try {
            channel.receive(SOON);
            throw new AssertionError("something came");
        } catch (ExecnetException e) {
            return e;
        }
    }

    private Group group(String... specs) {
        return Group.builder()
                .outputListener((id, line) -> printed.add(id + ": " + line))
                .start(specs);
    }
}
