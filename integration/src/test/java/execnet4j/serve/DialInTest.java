package execnet4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.Listener;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.SpecException;
import execnet4j.link.Identity;
import execnet4j.live.Processes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Workers that somebody else starts, and that come to their coordinator. */
@Timeout(120)
class DialInTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Group group = Group.builder().build();
    private final List<Process> started = new ArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        group.close();
        started.forEach(each -> each.destroyForcibly().onExit().join());
    }

    @Test
    void theyAreMembersOfTheGroupThatClaimsThem() throws Exception {
        try (Listener listener = group.listener().log(log::add).start()) {
            for (int i = 0; i < 3; i++) {
                start(listener.command(), listener.environment());
            }
            for (int i = 0; i < 3; i++) {
                listener.accept(SOON);
            }
            assertThat(group.size()).isEqualTo(3);
            assertThat(group.remoteExec("channel.send(ProcessHandle.current().parent().get().pid());")
                            .receiveEach(Long.class))
                    .containsExactlyInAnyOrderElementsOf(
                            started.stream().map(Process::pid).toList());
            byte[] large = new byte[10_000_000];
            Arrays.fill(large, (byte) 3);
            Channel echo = group.get(0).remoteExec("for (Object item : channel) { channel.send(item); }");
            echo.send(large);
            assertThat(echo.receive(byte[].class, SOON)).isEqualTo(large);

            assertThat(group.terminate(SOON).workers())
                    .extracting(each -> each.outcome())
                    .containsOnly(Outcome.GRACEFUL);
            for (Process each : started) {
                assertThat(each.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(each.exitValue()).isZero();
            }
        }
        assertThat(log).isEmpty();
    }

    private Listener beyondLoopback() throws Exception {
        Identity.keptIn(folder.resolve("kept"));
        return group.listener()
                .address(new InetSocketAddress("0.0.0.0", 0))
                .tls(folder.resolve("kept/identity.p12"), "execnet4j")
                .tokenFile(TestServer.tokenFile(folder, TestServer.TOKEN))
                .log(log::add)
                .start();
    }

    @Test
    void beyondLoopbackTheyKnowTheCoordinatorByItsPin() throws Exception {
        try (Listener listener = beyondLoopback()) {
            assertThat(listener.environment()).containsOnlyKeys("EXECNET4J_TOKEN_FILE");
            start(listener.command(), listener.environment());
            Gateway gateway = listener.accept(SOON);
            assertThat(gateway.remoteExec("channel.send(1);").receive(SOON)).isEqualTo(1);

            List<String> wrong = new ArrayList<>(listener.command());
            wrong.set(wrong.size() - 1, "sha256:" + "0".repeat(64));
            assertThat(refusal(wrong, listener.environment())).contains("certificate is another");
        }
    }

    @Test
    void withoutTheTokenTheyAreRefusedAndTheListenerLivesOn() throws Exception {
        try (Listener listener = group.listener().log(log::add).start()) {
            assertThat(refusal(listener.command(), Map.of("EXECNET4J_TOKEN", "not-the-token-at-all")))
                    .contains("has another token");
            assertThat(refusal(listener.command(), Map.of())).contains("a token is wanted");
            assertThat(log).anySatisfy(line -> assertThat(line).contains("it has another token"));
            start(listener.command(), listener.environment());
            assertThat(listener.accept(SOON)
                            .remoteExec("channel.send(ProcessHandle.current().parent().get().pid());")
                            .receive(Long.class, SOON))
                    .isEqualTo(started.get(started.size() - 1).pid());
        }
    }

    @Test
    void aServerAndAListenerAreNotTakenForEachOther() throws Exception {
        try (Listener listener =
                        group.listener().token(TestServer.TOKEN).log(log::add).start();
                TestServer server = TestServer.plain(folder)) {
            List<String> toServer = new ArrayList<>(listener.command());
            toServer.set(toServer.size() - 1, Integer.toString(server.port()));
            assertThat(refusal(toServer, listener.environment())).contains("'serve'", "'listen'");
            String toListener = server.spec()
                    .replace(":" + server.port(), ":" + listener.address().getPort());
            assertThatThrownBy(() -> group.makeGateway(toListener)).hasMessageContainingAll("'serve'", "'listen'");
        }
    }

    @Test
    void whoWaitsIsSentAwayWhenTheListenerCloses() throws Exception {
        try (Listener listener = group.listen()) {
            assertThatThrownBy(() -> listener.accept(Duration.ofMillis(50)))
                    .isInstanceOf(ChannelTimeoutException.class);
            start(listener.command(), listener.environment());
            start(listener.command(), listener.environment());
            listener.accept(SOON);
        }
        Awaitility.await().atMost(SOON).until(() -> started.stream().anyMatch(each -> !each.isAlive()));
        assertThat(group.get(0).remoteExec("channel.send(1);").receive(SOON)).isEqualTo(1);
    }

    @Test
    void theListenerSaysHowMuchSilenceIsBorne() throws Exception {
        assertThatThrownBy(() -> group.listener().silenceLimit(Duration.ofMillis(10_500)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("a silence is a whole number of seconds from 10 to 99999");
        try (Listener listener = group.listener()
                .silenceLimit(Duration.ofSeconds(10))
                .orphanTimeout(Duration.ofMinutes(30))
                .start()) {
            start(listener.command(), listener.environment());
            Gateway gateway = listener.accept(SOON);
            assertThat(gateway.spec().orphanTimeout()).hasMinutes(30);
            Channel channel = gateway.remoteExec("channel.receive();");
            Processes.signal("STOP", gateway.remoteInfo().pid());
            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("nothing had come from it for 10 seconds, its silence_limit");
        }
    }

    @Test
    void oneThatIsLostIsNotReplaced() throws Exception {
        try (Listener listener = group.listen()) {
            start(listener.command(), listener.environment());
            Gateway gateway = listener.accept(SOON);
            Channel channel = gateway.remoteExec("channel.receive();");
            Processes.signal("KILL", gateway.remoteInfo().pid());
            assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOf(GatewayLostException.class);
            assertThatThrownBy(() -> group.replace(gateway))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("have another one come");
        }
    }

    @Test
    void oneThatIsStuckIsKilledWithAllThatItStarted() throws Exception {
        try (Listener listener = group.listen()) {
            Process came = start(listener.command(), listener.environment());
            Gateway gateway = listener.accept(SOON);
            long child = gateway.remoteExec("channel.send(new ProcessBuilder(\"sleep\", \"1000\").start().pid());")
                    .receive(Long.class, SOON);
            long worker = gateway.remoteInfo().pid();
            Processes.signal("STOP", worker);
            assertThat(group.terminate(Duration.ofMillis(200)).workers())
                    .extracting(each -> each.outcome())
                    .containsExactly(Outcome.KILLED);
            assertThat(came.waitFor(30, TimeUnit.SECONDS)).isTrue();
            for (long each : List.of(worker, child)) {
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> ProcessHandle.of(each).isEmpty());
            }
        }
    }

    @Test
    void theWorkerEndsWithTheProcessThatCame() throws Exception {
        try (Listener listener = group.listen()) {
            endsWithTheProcessThatCame(listener, listener.command(), "channel.receive();");
        }
    }

    private void endsWithTheProcessThatCame(Listener listener, List<String> command, String task) throws Exception {
        for (String signal : List.of("KILL", "TERM")) {
            Process came = start(command, listener.environment());
            Gateway gateway = listener.accept(SOON);
            Channel channel = gateway.remoteExec(task);
            Processes.signal(signal, came.pid());
            assertThatThrownBy(() -> channel.receive(SOON)).isInstanceOf(GatewayLostException.class);
            long worker = gateway.remoteInfo().pid();
            Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(worker).isEmpty());
        }
    }

    @Test
    void whatItPrintsComesToTheCoordinatorAndItsJvmHasTheOptionsOfTheOneThatCame() throws Exception {
        List<String> printed = new CopyOnWriteArrayList<>();
        try (Group listening = Group.builder()
                        .outputListener((id, line) -> printed.add(id + ": " + line))
                        .build();
                Listener listener = listening.listen()) {
            List<String> command = new ArrayList<>(listener.command());
            command.add(1, "-Dgreeting=good day");
            start(command, listener.environment());
            Channel channel = listener.accept(SOON)
                    .remoteExec("System.out.println(System.getProperty(\"greeting\"));"
                            + " channel.send(System.getenv(\"EXECNET4J_TOKEN\") == null);");
            assertThat(channel.receive(SOON)).isEqualTo(true);
            Awaitility.await().atMost(SOON).until(() -> printed.contains("gw0: good day"));
        }
    }

    @Test
    void itsJvmMayRunAMainClassOfAModuleAndLongOptionsButNoneThatAnArgumentFileNames() throws Exception {
        try (Listener listener = group.listener().log(log::add).start()) {
            List<String> command = new ArrayList<>(listener.command());
            String kernel = command.get(2);
            String main = command.get(3);
            List<String> address = command.subList(4, command.size());
            Path file = Files.writeString(folder.resolve("main"), "-cp " + kernel + " " + main);
            assertThat(refusal(words(List.of("java", "@" + file), address), listener.environment()))
                    .contains("write " + main);
            assertThat(refusal(words(List.of("java", "-cp", kernel, main), List.of("host", "no port")), Map.of()))
                    .contains("the arguments are HOST PORT");

            String greeting = "x".repeat(10_000);
            List<String> ofModule =
                    List.of("java", "-Dgreeting=" + greeting, "-p", kernel, "-m", "execnet4j.kernel/" + main);
            start(words(ofModule, address), listener.environment());
            Channel facts = listener.accept(SOON)
                    .remoteExec("channel.send(System.getProperty(\"greeting\"));"
                            + " channel.send(java.util.logging.Level.INFO.getName());");
            assertThat(facts.receive(SOON)).isEqualTo(greeting);
            assertThat(facts.receive(SOON)).isEqualTo("INFO");
        }
        assertThat(log).isEmpty();
    }

    private static List<String> words(List<String> program, List<String> address) {
        List<String> words = new ArrayList<>(program);
        words.addAll(address);
        return words;
    }

    @Test
    void aPythonComesWithItsProgramsTextAlone() throws Exception {
        try (Listener listener = group.listener().log(log::add).start()) {
            Process came = start(listener.pythonCommand(), listener.environment());
            Gateway gateway = listener.accept(SOON);
            assertThat(gateway.spec().python()).isNotEmpty();
            Channel facts =
                    gateway.remoteExec("import os; channel.send([os.getppid(), 'EXECNET4J_TOKEN' in os.environ])");
            assertThat(facts.receive(SOON)).isEqualTo(List.of((int) came.pid(), false));
            byte[] large = new byte[10_000_000];
            Arrays.fill(large, (byte) 3);
            Channel echo = gateway.remoteExec("for item in channel: channel.send(item)");
            echo.send(large);
            assertThat(echo.receive(byte[].class, SOON)).isEqualTo(large);
            echo.close();

            assertThat(group.terminate(SOON).workers())
                    .extracting(each -> each.outcome())
                    .containsExactly(Outcome.GRACEFUL);
            assertThat(came.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(came.exitValue()).isZero();
        }
        assertThat(log).isEmpty();
    }

    @Test
    void beyondLoopbackAPythonKnowsTheCoordinatorByItsPin() throws Exception {
        try (Listener listener = beyondLoopback()) {
            List<String> command = listener.pythonCommand();
            start(command, listener.environment());
            Gateway gateway = listener.accept(SOON);
            byte[] large = new byte[10_000_000];
            Channel echo = gateway.remoteExec("for item in channel: channel.send(item)");
            echo.send(large);
            assertThat(echo.receive(byte[].class, SOON)).isEqualTo(large);

            List<String> wrong = new ArrayList<>(command);
            wrong.set(wrong.size() - 1, "sha256:" + "0".repeat(64));
            assertThat(refusal(wrong, listener.environment())).contains("certificate is another");
            Path token = Path.of(listener.environment().get("EXECNET4J_TOKEN_FILE"));
            Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
            assertThat(refusal(command, listener.environment())).contains("others may read the token");
        }
    }

    @Test
    void aPythonWithoutTheTokenIsRefused() throws Exception {
        try (Listener listener = group.listener().log(log::add).start();
                TestServer server = TestServer.plain(folder)) {
            List<String> command = listener.pythonCommand();
            assertThat(refusal(command, Map.of("EXECNET4J_TOKEN", "not-the-token-at-all")))
                    .contains("has another token");
            assertThat(refusal(command, Map.of())).contains("a token is wanted");
            List<String> toServer = new ArrayList<>(command);
            toServer.set(toServer.size() - 1, Integer.toString(server.port()));
            assertThat(refusal(toServer, listener.environment())).contains("'serve'", "'listen'");
        }
    }

    @Test
    void aPythonThatIsStuckIsKilledAndEndsWithTheProcessThatCame() throws Exception {
        try (Listener listener = group.listen()) {
            Process came = start(listener.pythonCommand(), listener.environment());
            Gateway first = listener.accept(SOON);
            Channel stuck = first.remoteExec("import ctypes, subprocess\n"
                    + "channel.send(subprocess.Popen(['sleep', '1000']).pid)\n"
                    + "channel.receive()\nctypes.PyDLL(None).sleep(1000)");
            long child = stuck.receive(Long.class, SOON);
            stuck.send(1);
            assertThat(group.terminate(Duration.ofMillis(500)).workers())
                    .extracting(each -> each.outcome())
                    .containsExactly(Outcome.KILLED);
            assertThat(came.waitFor(30, TimeUnit.SECONDS)).isTrue();
            Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(child).isEmpty());
        }
        try (Group other = Group.builder().build();
                Listener listener = other.listen()) {
            endsWithTheProcessThatCame(listener, listener.pythonCommand(), "channel.receive()");
        }
    }

    private String refusal(List<String> command, Map<String, String> environment) throws Exception {
        Process process = start(command, environment);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(78);
        return errors;
    }

    private Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("EXECNET4J_TOKEN");
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
