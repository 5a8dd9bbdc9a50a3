package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayLostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links that are cut, and workers that say nothing although theirs is not. */
@OnSshHosts
class SilenceTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final SshHosts hosts = SshHosts.shared();
    private final List<String> printed = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"", "//python=python3"})
    void aWorkerThatIsStoppedIsUnresponsiveAndNotLost(String kind) {
        try (Group group = group(hosts.spec(1) + kind, hosts.spec(2) + kind)) {
            Gateway stopped = group.get(0);
            Channel channel = stopped.remoteExec("channel.send(channel.receive());");
            signal(1, "STOP", stopped);

            Awaitility.await().atMost(SOON).until(() -> !stopped.isResponsive());

            assertThat(stopped.isAlive()).isTrue();
            assertThat(stopped).asString().contains("unresponsive");
            assertThat(group.get(1).isResponsive()).isTrue();
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> printed.contains(
                            "gw0 execnet4j: unresponsive: nothing has come from this worker for 15 seconds"));

            signal(1, "CONT", stopped);

            channel.send(5);
            assertThat(channel.receive(SOON)).isEqualTo(5);
            Awaitility.await().atMost(SOON).until(stopped::isResponsive);
            assertThat(group.terminate(SOON).allGraceful()).isTrue();
            assertThat(printed).anyMatch(line -> line.startsWith("gw0 execnet4j: responsive again"));
        }
    }

    @Test
    void whoHasALimitIsLostAfterIt() {
        try (Group group = group(hosts.spec(1) + "//silence_limit=10")) {
            Gateway stopped = group.get(0);
            Channel channel = stopped.remoteExec("channel.receive();");
            signal(1, "STOP", stopped);

            assertThatThrownBy(() -> channel.receive(SOON))
                    .isInstanceOf(GatewayLostException.class)
                    .hasMessageContaining("nothing had come from it for 10 seconds, its silence_limit");

            Awaitility.await().atMost(SOON).until(() -> isGone(1, stopped));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "//python=python3"})
    void aWorkerBehindACutLinkEndsByItselfAndTheGatewaySaysThatItWasSilent(String kind) {
        try (Group group = group(hosts.spec(2) + kind + "//orphan_timeout=10")) {
            Gateway orphan = group.get(0);
            Channel channel = orphan.remoteExec("channel.receive();");
            hosts.happens("cut", 2);
            try {
                assertThatThrownBy(() -> channel.receive(SOON))
                        .isInstanceOf(GatewayLostException.class)
                        .hasMessageContaining("nothing had come from it for");
                Awaitility.await().atMost(SOON).until(() -> isGone(2, orphan));
            } finally {
                hosts.happens("heal", 2);
            }
        }
    }

    @Test
    void aWorkerWhoseItemsNobodyTakesIsNotSilent() {
        try (Group group = group(hosts.spec(1) + "//silence_limit=10//orphan_timeout=10")) {
            Gateway gateway = group.get(0);
            Channel untaken = gateway.remoteExec("while (true) { channel.send(new byte[1 << 16]); }");
            // Longer than the limit: that nothing happens when it is over can only be seen after it.
            Channel late = gateway.remoteExec("Thread.sleep(14_000); channel.send(1);");
            assertThat(late.receive(SOON)).isEqualTo(1);
            assertThat(gateway.isResponsive()).isTrue();
            untaken.close();
        }
    }

    private void signal(int host, String signal, Gateway gateway) {
        hosts.on(host, "kill -" + signal + " " + gateway.remoteInfo().pid());
    }

    private boolean isGone(int host, Gateway gateway) {
        long pid = gateway.remoteInfo().pid();
        return hosts.on(host, "kill -0 " + pid + " 2>/dev/null && echo there; :")
                .isEmpty();
    }

    private Group group(String... specs) {
        return Group.builder()
                .outputListener((id, line) -> printed.add(id + " " + line))
                .start(specs);
    }
}
