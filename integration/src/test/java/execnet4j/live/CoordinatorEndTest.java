package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.live.programs.Coordinator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tasks.Stubborn;

/** However a coordinator ends, no worker and no worker's child is left. */
@Timeout(120)
class CoordinatorEndTest {
    /** The rungs of a worker's ladder are 5 and 10 s; a busy machine is slow. */
    private static final Duration LADDER = Duration.ofSeconds(25);

    private static final Duration SOON = Duration.ofSeconds(10);

    private static ChildJvm coordinator(String... arguments) throws IOException {
        ChildJvm coordinator = ChildJvm.of(Coordinator.class, List.of(), Map.of(), arguments);
        coordinator.readTo("ready");
        return coordinator;
    }

    /** Two things that take their 15 s, at the same time. */
    @Test
    void theWholeLadderAfterSigkillAndAfterExit() throws Exception {
        try (ChildJvm killed = coordinator("endless", "wait");
                ChildJvm others = coordinator("receiving", "sending", "printing", "children", "wait");
                Group group = Group.start("popen", "popen")) {
            Gateway heeding = group.get(0);
            Gateway deaf = group.get(1);
            Channel told = heeding.remoteExec(Stubborn::sleep);
            told.receive(SOON);
            deaf.remoteExec(Stubborn::loop).receive(SOON);

            Processes.signal("KILL", killed.pid());
            Processes.signal("KILL", others.pid());
            group.forEach(Gateway::exit);

            Processes.awaitGone(SOON, others.told());
            assertThat(others.told()).hasSize(6);
            heeding.join(SOON);
            assertThatThrownBy(() -> told.waitClose(SOON)).hasMessage("keyboard-interrupted");
            assertThatThrownBy(heeding::newChannel).hasMessageContaining("exit 130");
            assertThat(Processes.isGone(killed.told().get(0)))
                    .as("it has more time")
                    .isFalse();
            deaf.join(LADDER);
            assertThatThrownBy(deaf::newChannel).hasMessageContaining("exit 124");
            Processes.awaitGone(SOON, killed.told());
        }
    }

    @Test
    void aWorkerWithoutMemoryEndsTooAndSoDoItsChildren(@TempDir Path directory) throws Exception {
        Path full = directory.resolve("full");
        try (ChildJvm killed = ChildJvm.of(
                Coordinator.class,
                List.of(),
                Map.of(Stubborn.HOARD_FILE_VARIABLE, full.toString()),
                "children and filling",
                "filling",
                "wait")) {
            killed.readTo("ready");
            Awaitility.await().atMost(LADDER).until(() -> Files.exists(full) && Files.size(full) == 2);

            Processes.signal("KILL", killed.pid());

            Processes.awaitGone(LADDER, killed.told());
            assertThat(killed.told()).hasSize(4);
        }
    }

    @Test
    @DisplayName("M07 T05 a program that just ends, with a task sleeping 100 s, ends by itself and says nothing")
    void justEnds() throws Exception {
        try (ChildJvm coordinator = coordinator("sleeping", "receiving", "end")) {
            assertThat(coordinator.exitStatus()).isZero();
            assertThat(coordinator.errors()).isEmpty();
            Processes.awaitGone(SOON, coordinator.told());
        }
    }

    @Test
    void systemExitAndAnExceptionOfMainKeepTheirStatus() throws Exception {
        try (ChildJvm exiting = coordinator("endless", "exit");
                ChildJvm throwing = coordinator("receiving", "throw")) {
            assertThat(exiting.exitStatus()).isEqualTo(5);
            assertThat(exiting.errors()).isEmpty();
            Processes.awaitGone(SOON, exiting.told());
            assertThat(throwing.exitStatus()).isEqualTo(1);
            assertThat(throwing.errors()).contains("on purpose").doesNotContain("gw0");
            Processes.awaitGone(SOON, throwing.told());
        }
    }

    @Test
    void ctrlCAndATerminationSignalCleanUp() throws Exception {
        for (String signal : List.of("INT", "TERM")) {
            try (ChildJvm coordinator = coordinator("endless", "children", "wait")) {
                Processes.signal(signal, coordinator.pid());

                assertThat(coordinator.exitStatus()).isEqualTo(signal.equals("INT") ? 130 : 143);
                Processes.awaitGone(SOON, coordinator.told());
            }
        }
    }
}
