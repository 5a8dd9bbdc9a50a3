package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.live.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers in a shell that a command gives: here one of this machine. */
class CommandShellTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<String> printed = new CopyOnWriteArrayList<>();

    @Test
    void aJvmWorkerStartsThereWithEveryKeyInEffect() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        String spec = cached("command=env -C '" + home + "' env") + "//chdir=sub/it's ünï//nice=3//jvm=-Dx=a 'b' $c"
                + "//env:PLAIN=v'1' \\ $HOME \"q\"\nnext ü//env:odd.name=2";
        try (Group group = group(spec)) {
            Channel channel = group.get(0).remoteExec("""
                    channel.send(System.getProperty("user.dir"));
                    channel.send(System.getenv("PLAIN"));
                    channel.send(System.getenv("odd.name"));
                    channel.send(System.getProperty("x"));
                    channel.send(Files.readString(Path.of("/proc/self/stat")).replaceAll(".*\\\\)", "").strip().split(" ")[16]);
                    System.out.println("hello out");
                    """);

            assertThat(channel)
                    .containsExactly(
                            home.resolve("sub/it's ünï").toString(),
                            "v'1' \\ $HOME \"q\"\nnext ü",
                            "2",
                            "a 'b' $c",
                            "3");
            assertThat(group.terminate(SOON).workers()).allSatisfy(worker -> {
                assertThat(worker.outcome()).isEqualTo(Outcome.GRACEFUL);
                assertThat(worker.exitStatus()).hasValue(0);
            });
        }
        assertThat(printed).contains("hello out");
    }

    @Test
    void aPythonWorkerStartsThereAndNothingIsWritten() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        String spec = "command=env -C '" + home + "' HOME='" + home + "' env//python=python3//env:odd.name=2//nice=2"
                + "//stdout=null";
        try (Group group = group(spec)) {
            Channel channel = group.get(0).remoteExec("""
                    import os
                    print("not shown")
                    channel.send([os.getcwd(), os.environ["odd.name"], os.nice(0)])
                    """);
            assertThat(channel).containsExactly(List.of(home.toString(), "2", 2));
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        }
        assertThat(home).isEmptyDirectory();
        assertThat(printed).isEmpty();
    }

    @Test
    void theKernelIsSentOnceHoweverManyStartAtOnce() throws IOException {
        Path logger = script("logger", "tee '" + folder + "'/sent.$$ | \"$@\"");
        try (Group group = group("8*" + cached("command=" + logger))) {
            assertThat(group.remoteExec("channel.send(1);").receiveEach()).hasSize(8);
        }
        Path jar = onlyFile(folder.resolve("cache/execnet4j"));
        assertThat(jar.getFileName().toString()).matches("[0-9a-f]{64}\\.jar");
        long sent = 0;
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                sent += Files.size(log) > Files.size(jar) ? 1 : 0;
            }
        }
        assertThat(sent).as("connections that the kernel was sent over").isEqualTo(1);
    }

    @Test
    void whereNoCacheCanBeWrittenTheKernelLivesAsLongAsItsWorker() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        String spec = "command=env//env:XDG_CACHE_HOME=/proc/none//env:TMPDIR=" + scratch;
        try (Group group = group("2*" + spec)) {
            assertThat(group.remoteExec("channel.send(1);").receiveEach()).hasSize(2);
            try (Stream<Path> made = Files.list(scratch)) {
                assertThat(made).hasSize(2);
            }
            Gateway killed = group.get(0);
            Gateway ended = group.get(1);
            Processes.signal("KILL", killed.remoteInfo().pid());
            ended.exit();
            killed.join(SOON);
            ended.join(SOON);
            assertThat(scratch).isEmptyDirectory();
        }
    }

    @Test
    void whatIsPrintedBeforeIsShownAndConfusesNothing() throws IOException {
        Path noisy = script("noisy", "echo 'Welcome!'; printf 'execnet4j- 1 no end of line'; exec \"$@\"");
        for (String kind : List.of("", "//python=python3")) {
            printed.clear();
            try (Group group = group(cached("command=" + noisy) + kind)) {
                assertThat(group.get(0).remoteInfo().pid()).isPositive();
            }
            assertThat(printed).contains("Welcome!", "execnet4j- 1 no end of line");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/bin/bash", "/usr/bin/busybox"})
    void anyPosixShellWillDo(String shell) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("sh"), Path.of(shell));
        String to = "command=env PATH='" + bin + ":" + System.getenv("PATH") + "' env";
        try (Group group = group("2*" + cached(to), to + "//python=python3")) {
            for (Gateway gateway : group) {
                assertThat(gateway.remoteInfo().pid()).isPositive();
            }
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
        }
    }

    @Test
    void theWorkersExitStatusIsKnownAndWhatItLeavesEndsWithIt() throws Exception {
        for (String kind : List.of("", "//python=python3")) {
            try (Group group = group(cached("command=env") + kind)) {
                Gateway gateway = group.get(0);
                Channel channel = gateway.remoteExec(kind.isEmpty() ? """
                        channel.send(new ProcessBuilder("sleep", "1000").start().pid()); channel.receive();
                        """ : """
                        import subprocess
                        channel.send(subprocess.Popen(["sleep", "1000"]).pid)
                        channel.receive()
                        """);
                long child = channel.receive(long.class, SOON);
                Processes.signal("KILL", gateway.remoteInfo().pid());

                assertThatThrownBy(() -> channel.receive(SOON))
                        .isInstanceOf(GatewayLostException.class)
                        .hasMessageContaining("exit 137 (probably signal 9)");
                Processes.awaitGone(SOON, child);
            }
        }
    }

    @Test
    void whoDoesNotEndInTimeIsKilledThereWithItsChildren() throws Exception {
        Path way = script("way", "exec setsid -w \"$@\"");
        for (String kind : List.of("", "//python=python3")) {
            try (Group group = group(cached("command=" + way) + kind)) {
                Channel channel = group.get(0)
                        .remoteExec(kind.isEmpty() ? """
                        channel.send(new ProcessBuilder("sleep", "1000").start().pid());
                        while (true) { Thread.onSpinWait(); }
                        """ : """
                        import signal, subprocess
                        signal.signal(signal.SIGINT, signal.SIG_IGN)
                        channel.send(subprocess.Popen(["sleep", "1000"], process_group=0).pid
                            if sys.version_info >= (3, 11) else subprocess.Popen(["sleep", "1000"]).pid)
                        while True: pass
                        """.replace("import signal", "import sys, signal"));
                long child = channel.receive(long.class, SOON);
                long worker = group.get(0).remoteInfo().pid();

                assertThat(group.terminate(Duration.ofMillis(200)).workers())
                        .extracting(each -> each.outcome())
                        .containsExactly(Outcome.KILLED);
                Processes.awaitGone(Duration.ofSeconds(3), worker, child);
            }
        }
    }

    @Test
    void whoIsNotAtTheOtherEndASecondTimeIsLeftToItself() throws Exception {
        Path twice =
                script("twice", "[ -e '" + folder + "/once' ] && exec sleep 5; : >'" + folder + "/once'; exec \"$@\"");
        try (Group group = group("command=" + twice + "//python=python3")) {
            Channel channel = group.get(0).remoteExec("channel.send(1); channel.receive()");
            channel.receive(SOON);
            Gateway gateway = group.get(0);
            Processes.signal("STOP", gateway.remoteInfo().pid());
            try {
                assertThat(group.terminate(Duration.ofMillis(200)).workers())
                        .extracting(each -> each.outcome())
                        .containsExactly(Outcome.UNREACHABLE);
            } finally {
                Processes.killLeft(List.of(gateway.remoteInfo().pid()));
            }
        }
    }

    @Test
    void failuresSayHowFarItCame() throws IOException {
        Path asks = script("asks", "printf 'Password: '; exec sleep 1000");
        Path refuses = script("refuses", "echo 'no such container' >&2; exit 1");
        failure("command=/no/such/command", Stage.SPAWN, "there is no command /no/such/command on this machine");
        failure("command=no-such-command", Stage.SPAWN, "there is no command no-such-command on this machine");
        failure("command=" + refuses, Stage.CONNECT, "it ended before", "no such container", "exit 1", "refuses sh");
        failure("command=env PATH=/none /usr/bin/env", Stage.INTERPRETER, "there is no shell 'sh'");
        failure("command=" + asks, Stage.CONNECT, "the last it wrote is \"Password: \"");
        failure(cached("command=env") + "//java=/no/java", Stage.INTERPRETER, "run as /no/java");
        failure("command=env//python=no-python", Stage.INTERPRETER, "run as no-python");
        failure(cached("command=env") + "//chdir=/no/folder", Stage.SPAWN, "chdir=/no/folder does not exist there");
        failure("command=env//env:XDG_CACHE_HOME=/proc/no//env:TMPDIR=/proc/no", Stage.TRANSFER, "can be written");
        failure(cached("command=env") + "//jvm=-Xno", Stage.HANDSHAKE, "Unrecognized option: -Xno");
    }

    private void failure(String spec, Stage stage, String... parts) {
        assertThatThrownBy(() -> {
                    try (Group group = Group.builder().build()) {
                        group.makeGateway(spec, Duration.ofSeconds(3));
                    }
                })
                .as(spec)
                .isInstanceOfSatisfying(
                        GatewayStartException.class, e -> assertThat(e.stage()).isEqualTo(stage))
                .hasMessageContainingAll(parts);
    }

    private Group group(String... specs) {
        return Group.builder().outputListener((id, line) -> printed.add(line)).start(specs);
    }

    private String cached(String spec) {
        return spec + "//env:XDG_CACHE_HOME=" + folder.resolve("cache");
    }

    private Path script(String name, String text) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
