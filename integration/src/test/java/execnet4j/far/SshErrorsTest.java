package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.HostNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told when there is no worker in the end. */
@OnSshHosts
class SshErrorsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SshHosts hosts = SshHosts.shared();

    @Test
    @DisplayName("G31 a name that does not resolve is host-not-found")
    void noSuchName() {
        assertThat(failure("ssh=no-such-host.invalid//ssh_config=" + hosts.config(), Stage.CONNECT))
                .isInstanceOf(HostNotFoundException.class)
                .hasMessageContainingAll(
                        "there is no host of that name",
                        "stage: connect",
                        "host: no-such-host.invalid",
                        "status: exit 255",
                        "command: ssh -F " + hosts.config() + " no-such-host.invalid exec sh",
                        "Could not resolve hostname");
    }

    @Test
    void aHostThatDoesNotAnswerIsHostNotFound() {
        assertThat(failure(
                        "ssh=" + hosts.address(99) + "//ssh_config=" + hosts.config() + "//connect_timeout=1",
                        Stage.CONNECT))
                .isInstanceOf(HostNotFoundException.class);
        hosts.happens("cut", 1);
        try {
            long start = System.nanoTime();
            assertThat(failure(hosts.spec(1) + "//connect_timeout=1", Stage.CONNECT))
                    .isInstanceOf(HostNotFoundException.class)
                    .hasMessageContaining("the host does not answer");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        } finally {
            hosts.happens("heal", 1);
        }
    }

    @Test
    void aRefusedPortOrKeyIsAnErrorOfItsOwn() {
        assertThat(failure(hosts.spec("-p 2", 1), Stage.CONNECT))
                .isNotInstanceOf(HostNotFoundException.class)
                .hasMessageContainingAll("the host refuses the connection", "Connection refused");
        assertThat(failure(hosts.spec("-l nobody", 1), Stage.AUTHENTICATE))
                .isNotInstanceOf(HostNotFoundException.class)
                .hasMessageContainingAll("the host does not accept who we are", "Permission denied");
        assertThat(failure(hosts.spec("-o UserKnownHostsFile=/dev/null", 1), Stage.AUTHENTICATE))
                .isNotInstanceOf(HostNotFoundException.class)
                .hasMessageContainingAll("the host's key is not known", "Host key verification failed");
    }

    @Test
    void aHostThatAnswersAndLetsNobodyInIsNoHostThatIsNotThere() {
        hosts.on(
                2,
                "setsid python3 -c 'import socket, time; s = socket.create_server((\"\", 2222)); time.sleep(100)'"
                        + " </dev/null >/dev/null 2>&1 &");
        Awaitility.await().atMost(SOON).until(() -> hosts.on(2, "ss -Hltn 'sport = :2222'"), s -> !s.isBlank());
        try {
            assertThat(failure(hosts.spec("-p 2222", 2) + "//connect_timeout=1", Stage.CONNECT))
                    .isNotInstanceOf(HostNotFoundException.class)
                    .hasMessageContaining("no ssh server speaks");
        } finally {
            hosts.on(2, "pkill -9 -f create_serve[r]");
        }
        hosts.on(
                2,
                "echo 'echo ssh: connect to host there port 22: Connection timed out >&2; exit 255' > /root/.bashrc");
        try {
            assertThat(failure(hosts.spec(2), Stage.CONNECT))
                    .isNotInstanceOf(HostNotFoundException.class)
                    .hasMessageContainingAll("ssh had connected", "status: exit 255");
        } finally {
            hosts.on(2, "rm /root/.bashrc");
        }
    }

    @Test
    void whatAJumpHostCannotReachIsSaidOfTheJumpHost(@TempDir Path folder) throws IOException {
        // Why it could not is in a line that the hosts' own configuration keeps back, other than ssh's defaults.
        Path talkative = folder.resolve("config");
        Files.writeString(talkative, Files.readString(hosts.config()).replaceAll("LogLevel.*", ""));
        String beyond = "ssh=-J " + hosts.name(1) + " no-such-host//ssh_config=" + talkative;
        assertThat(failure(beyond, Stage.CONNECT))
                .isInstanceOf(HostNotFoundException.class)
                .hasMessageContaining("the jump host finds no host of that name");
        assertThat(failure(hosts.spec("-J " + hosts.name(1) + " -p 2", 2), Stage.CONNECT))
                .isNotInstanceOf(HostNotFoundException.class)
                .hasMessageContaining("the jump host could not get there");
    }

    @Test
    void whereNoJavaIsItSaysWhereItWasLookedFor() {
        hosts.on(3, "mount -t tmpfs none /usr/lib/jvm");
        try {
            assertThat(failure(hosts.spec(3), Stage.INTERPRETER))
                    .hasMessageContainingAll(
                            "there is no Java 17 or newer",
                            "none on the PATH (/",
                            "none by JAVA_HOME (not set)",
                            "none below /usr/lib/jvm",
                            "host: " + hosts.name(3),
                            "exit 69");
            assertThat(failure(hosts.spec(3) + "//java=/opt/java/bin/java", Stage.INTERPRETER))
                    .hasMessageContaining("there is no java that can be run as /opt/java/bin/java");
        } finally {
            hosts.on(3, "umount /usr/lib/jvm");
        }
    }

    @Test
    void thingsThatAreWrongThere() {
        assertThat(failure(hosts.spec(1) + "//python=no-python", Stage.INTERPRETER))
                .hasMessageContaining("there is no python that can be run as no-python");
        assertThat(failure(hosts.spec(1) + "//chdir=/no/where", Stage.SPAWN))
                .hasMessageContaining("chdir=/no/where does not exist there");
        assertThat(failure("ssh=-o ControlPath=none " + hosts.name(1) + "//ssh_config=/no/config", Stage.CONNECT))
                .hasMessageContaining("/no/config");
    }

    private static GatewayStartException failure(String spec, Stage stage) {
        try (Group group = Group.builder().outputListener((id, line) -> {}).build()) {
            group.makeGateway(spec, SOON);
        } catch (GatewayStartException e) {
            assertThat(e.stage()).as(e.getMessage()).isEqualTo(stage);
            return e;
        }
        throw new AssertionError("a gateway of " + spec);
    }
}
