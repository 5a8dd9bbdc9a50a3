package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.Listener;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import execnet4j.link.Identity;
import execnet4j.serve.TestServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cut links to workers of our own server, and to workers that came by themselves. */
@OnSshHosts
@Timeout(240)
class CutLinkTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int HOST = 2;

    private final SshHosts hosts = SshHosts.shared();

    @TempDir
    Path folder;

    @Test
    void workersOfAServer() throws Exception {
        try (Group doors = Group.start(hosts.spec(HOST));
                Group group = Group.builder().build()) {
            Channel server = doors.get(0).remoteExec("""
                    try (var server = execnet4j.serve.WorkerServer.builder().tls().token((String) channel.receive())
                            .address(new java.net.InetSocketAddress("0.0.0.0", 0)).log(line -> {}).start()) {
                        channel.send(server.address().getPort());
                        channel.send(server.pin().get());
                        channel.receive();
                    }
                    """);
            server.send(TestServer.TOKEN);
            String spec = "socket=" + hosts.address(HOST) + ":" + server.receive(SOON) + "//pin="
                    + server.receive(SOON) + "//token_file=" + TestServer.tokenFile(folder, TestServer.TOKEN)
                    + "//orphan_timeout=10";
            group.makeGateway(spec);
            group.makeGateway(spec + "//python=python3");
            areLostAndEnd(group);
        }
    }

    @Test
    void workersThatCame() throws Exception {
        Identity.keptIn(folder.resolve("kept"));
        try (Group doors = Group.start(hosts.spec(HOST));
                Group group = Group.builder().build();
                Listener listener = group.listener()
                        .address(new InetSocketAddress(hosts.coordinator(), 0))
                        .tls(folder.resolve("kept/identity.p12"), "execnet4j")
                        .token(TestServer.TOKEN)
                        .orphanTimeout(Duration.ofSeconds(10))
                        .start()) {
            // That has the kernel there.
            assertThat(doors.get(0).isAlive()).isTrue();
            List<String> java = listener.command();
            run("java -cp \"$(echo /root/.cache/execnet4j/*.jar)\" "
                    + words(java.subList(java.indexOf("execnet4j.worker.DialMain"), java.size())));
            listener.accept(SOON);
            run(words(listener.pythonCommand()));
            listener.accept(SOON);
            areLostAndEnd(group);
        }
    }

    private void areLostAndEnd(Group group) {
        List<Channel> waiting = List.of(
                group.get(0).remoteExec("channel.receive();"), group.get(1).remoteExec("channel.receive()"));
        hosts.happens("cut", HOST);
        try {
            long cut = System.nanoTime();
            for (Channel each : waiting) {
                assertThatThrownBy(() -> each.receive(SOON))
                        .isInstanceOf(GatewayLostException.class)
                        .hasMessageContaining("its host does not answer any more");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(16));
            for (Gateway each : group) {
                long pid = each.remoteInfo().pid();
                Awaitility.await()
                        .atMost(SOON)
                        .until(() -> hosts.on(HOST, "kill -0 " + pid + " 2>/dev/null && echo there; :")
                                .isEmpty());
            }
        } finally {
            hosts.happens("heal", HOST);
        }
    }

    private void run(String command) {
        hosts.on(HOST, "EXECNET4J_TOKEN=" + TestServer.TOKEN + " nohup " + command + " </dev/null >/dev/null 2>&1 &");
    }

    private static String words(List<String> command) {
        return command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
