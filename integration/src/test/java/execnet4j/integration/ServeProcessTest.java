package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayStartException;
import execnet4j.live.Processes;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code execnet4j serve} as a process of its own. */
@Timeout(120)
class ServeProcessTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Process server;
    private String spec;

    @BeforeEach
    void serve() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "execnet4j.cli.Main",
                        "serve",
                        "--tls")
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile());
        builder.environment().remove("EXECNET4J_TOKEN");
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        server = builder.start();
        BufferedReader printed = server.inputReader();
        String port = after("listening on 127.0.0.1 port ", printed.readLine());
        String pin = after("pin ", printed.readLine());
        String token = after("token in ", printed.readLine());
        assertThat(Path.of(token)).isEqualTo(folder.resolve("config/execnet4j/token"));
        spec = "socket=127.0.0.1:" + port + "//pin=" + pin + "//token_file=" + token + "//env:XDG_CACHE_HOME="
                + folder.resolve("cache");
    }

    @AfterEach
    void end() {
        server.destroyForcibly().onExit().join();
    }

    @Test
    void whenItIsKilledItsWorkersEnd() throws Exception {
        try (Group group = Group.start(spec, spec + "//python=python3")) {
            List<Channel> waiting = Stream.of(
                            group.get(0).remoteExec("channel.receive();"),
                            group.get(1).remoteExec("channel.receive()"))
                    .toList();
            long[] workers = {
                group.get(0).remoteInfo().pid(), group.get(1).remoteInfo().pid()
            };
            assertThat(group.get(0).remoteInfo().cwd())
                    .isEqualTo(folder.toRealPath().toString());

            Processes.signal("KILL", server.pid());

            for (Channel each : waiting) {
                assertThatThrownBy(() -> each.receive(SOON)).isInstanceOf(GatewayLostException.class);
            }
            Processes.awaitGone(SOON, workers);
        }
    }

    @Test
    void bySigtermItEndsWithThatStatusAndLeavesThePort() throws Exception {
        Processes.signal("TERM", server.pid());
        assertThat(server.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(143);
        try (Group group = Group.builder().build()) {
            assertThatThrownBy(() -> group.makeGateway(spec)).isInstanceOf(GatewayStartException.class);
        }
    }

    private static String after(String beginning, String line) {
        assertThat(line).startsWith(beginning);
        return line.substring(beginning.length());
    }
}
