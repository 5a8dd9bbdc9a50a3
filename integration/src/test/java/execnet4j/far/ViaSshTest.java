package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import execnet4j.TerminationReport.Worker;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers behind a worker on another host: beside it, and on a third host that it reaches by ssh. */
@OnSshHosts
@Timeout(120)
class ViaSshTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SshHosts hosts = SshHosts.shared();

    /** What is in the configuration's folder here is there, too: where an ssh is run, it is that host's. */
    @BeforeEach
    void theGateKnowsTheOthers() throws IOException {
        Path folder = hosts.config().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
                hosts.on(1, "umask 077; mkdir -p " + folder + "; echo " + text + " | base64 -d >" + file);
            }
        }
    }

    @Test
    @DisplayName("G30 workers behind one of another host are where they should be, and their host is known")
    void behindAnotherHost() throws Exception {
        try (Group group = Group.start(
                hosts.spec(1) + "//id=gate",
                "popen//via=gate//id=beside//python=python3",
                hosts.spec(2) + "//via=gate//id=beyond")) {
            assertThat(group.get("beside").remoteExec("import socket; channel.send(socket.gethostname())"))
                    .containsExactly(hosts.name(1));
            Channel channel = group.get("beyond").remoteExec("""
                    channel.send(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
                    channel.receive();
                    """);
            assertThat(channel.receive(SOON)).isEqualTo(hosts.name(2));

            hosts.on(2, "pkill -9 -f 'Worker[M]ain$'");

            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOfSatisfying(
                            GatewayLostException.class,
                            e -> assertThat(e.host()).hasValue(hosts.name(2)))
                    .hasMessageContainingAll("exit 137 (probably signal 9)", "via gateway gate");
            assertThat(group.get("beside").isAlive()).isTrue();
            assertThat(group.terminate(SOON).workers())
                    .extracting(Worker::outcome)
                    .containsExactly(Outcome.GRACEFUL, Outcome.GRACEFUL, Outcome.DIED);
        }
    }

    @Test
    void whoDoesNotEndInTimeIsKilledOnTheThirdHost() {
        Set<String> before = hosts.workers(3);
        try (Group group = Group.start(hosts.spec(1) + "//id=gate", hosts.spec(3) + "//via=gate//id=beyond")) {
            Channel channel = group.get("beyond").remoteExec("channel.send(1); while (true) { Thread.onSpinWait(); }");
            channel.receive(SOON);

            assertThat(group.terminate(Duration.ofMillis(300)).workers())
                    .last()
                    .extracting(Worker::outcome)
                    .isIn(Outcome.KILLED, Outcome.UNREACHABLE);
            Awaitility.await().atMost(SOON).until(() -> before.containsAll(hosts.workers(3)));
        }
    }
}
