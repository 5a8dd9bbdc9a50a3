package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GatewayStartException.Stage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers on a host where no Java is. */
@OnSshHosts
class ShippedRuntimeTest {
    /** The runtime is made within it, on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(110);

    private static final int HOST = 3;

    private final SshHosts hosts = SshHosts.shared();
    private final List<String> printed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void hideJava() {
        hosts.on(HOST, "rm -rf /root/.cache; mount -t tmpfs none /usr/lib/jvm");
    }

    @AfterEach
    void showJava() {
        hosts.on(HOST, "umount /usr/lib/jvm; rm -rf /root/.cache");
    }

    @Test
    void aRuntimeIsSentOnceAndKept() {
        for (int time = 0; time < 2; time++) {
            try (Group group = Group.builder()
                    .outputListener((id, line) -> printed.add(line))
                    .start(LONG, "3*" + hosts.spec(HOST) + "//java=ship")) {
                assertThat(group.remoteExec("channel.send(Runtime.version().feature());")
                                .receiveEach())
                        .containsOnly(Runtime.version().feature())
                        .hasSize(3);
                assertThat(group.get(0).remoteInfo().executable()).startsWith("/root/.cache/execnet4j/");
            }
        }
        assertThat(printed)
                .filteredOn(line -> line.contains("sending a Java runtime"))
                .hasSize(1);
        assertThat(hosts.on(HOST, "ls /root/.cache/execnet4j").lines())
                .hasSize(2)
                .anyMatch(name -> name.matches("[0-9a-f]{64}\\.runtime"))
                .anyMatch(name -> name.endsWith(".jar"));
    }

    @Test
    void anotherPlatformIsRefused() {
        hosts.on(
                HOST,
                "printf '#!/bin/sh\\necho m68k\\n' >/run/uname; chmod 755 /run/uname; mount --bind /run/uname /usr/bin/uname");
        try (Group group = Group.builder().outputListener((id, line) -> {}).build()) {
            assertThatThrownBy(() -> group.makeGateway(hosts.spec(HOST) + "//java=ship", LONG))
                    .isInstanceOfSatisfying(
                            GatewayStartException.class,
                            e -> assertThat(e.stage()).isEqualTo(Stage.INTERPRETER))
                    .hasMessageContainingAll("java=ship brings a Java for ", "and there it is m68k m68k");
        } finally {
            hosts.on(HOST, "umount /usr/bin/uname");
        }
    }
}
