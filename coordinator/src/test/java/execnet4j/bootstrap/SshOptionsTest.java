package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.concurrent.Deadline;
import execnet4j.spec.GatewaySpec;
import execnet4j.spec.SshTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshOptionsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("X04 what the spec says comes before what we say, as ssh takes the first")
    void order() {
        GatewaySpec spec = GatewaySpec.of("ssh=-o ServerAliveInterval=60 db1//ssh_config=file//connect_timeout=3");
        assertThat(SshOptions.call(spec.ssh().orElseThrow(), spec.connectTimeout()))
                .startsWith("ssh", "-F", "file", "-o", "ServerAliveInterval=60", "db1")
                .contains("-T", "BatchMode=yes", "ConnectTimeout=3", "ServerAliveInterval=3");
    }

    @Test
    @DisplayName("X05 X22 vagrant gets its machine, and ssh's options after --")
    void vagrant() {
        assertThat(new VagrantShell(GatewaySpec.of("vagrant_ssh=default")).command())
                .startsWith("vagrant", "ssh", "default", "--", "-T")
                .endsWith("exec sh");
    }

    @Test
    void aConnectionIsSharedUnlessSomebodySaysHow() throws Exception {
        assertThat(shares("db1", "")).isTrue();
        assertThat(shares("-p 2222 -v db1", "Host db1\n  User me\n")).isTrue();
        assertThat(shares("db1", "Host db1\n  ControlPath ~/.ssh/%C\n")).isFalse();
        assertThat(shares("db1", "Host db1\n  ControlMaster auto\n")).isFalse();
        assertThat(shares("-o ControlPath=none db1", "")).isFalse();
        assertThat(shares("-ocontrolmaster=no db1", "")).isFalse();
        assertThat(shares("-S none db1", "")).isFalse();
        assertThat(shares("-vM db1", "")).isFalse();
        assertThat(shares("db1", "nonsense\n")).isFalse();
    }

    private boolean shares(String ssh, String config) throws Exception {
        Path file = Files.writeString(folder.resolve("config"), config);
        SshTarget target =
                GatewaySpec.of("ssh=" + ssh + "//ssh_config=" + file).ssh().orElseThrow();
        return SshOptions.share(target, Deadline.in(Duration.ofSeconds(20)));
    }
}
