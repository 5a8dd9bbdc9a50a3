package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.TerminationReport.Outcome;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayStartException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker of another host becomes a server there, which is spoken to with TLS. */
@OnSshHosts
@Timeout(120)
class InstallViaSshTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SshHosts hosts = SshHosts.shared();

    @Test
    void byTlsToAServerOnTheOtherHost() {
        try (Group group =
                Group.start(door(""), "installvia=door//id=far", "installvia=door//python=python3//id=python")) {
            assertThat(group.get("python").remoteExec("import socket; channel.send(socket.gethostname())"))
                    .containsExactly(hosts.name(1));
            Channel echo = group.get("far").remoteExec("for (Object item : channel) { channel.send(item); }");
            byte[] large = new byte[5_000_000];
            echo.send(large, SOON);
            assertThat(echo.receive(byte[].class, SOON)).isEqualTo(large);
            String connections = hosts.on(1, "ss -Htn state established");
            assertThat(connections.lines().filter(line -> !line.contains(":22 ")))
                    .as("connections of their own")
                    .hasSizeGreaterThanOrEqualTo(2);
            echo.close();
            assertThat(group.terminate(SOON).workers())
                    .extracting(each -> each.outcome())
                    .containsOnly(Outcome.GRACEFUL);
        }
    }

    @Test
    void aPythonThereIsNoServer() {
        try (Group group = Group.start(door("//python=python3"))) {
            assertThatThrownBy(() -> group.makeGateway("installvia=door"))
                    .isInstanceOf(GatewayStartException.class)
                    .hasMessageContaining("write via= in place of installvia=");
        }
    }

    /** By its address, which is found without ssh's configuration. */
    private String door(String more) {
        return "ssh=" + hosts.address(1) + "//ssh_config=" + hosts.config() + "//id=door" + more;
    }
}
