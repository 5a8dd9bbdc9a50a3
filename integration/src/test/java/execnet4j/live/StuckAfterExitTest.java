package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.TerminationReport;
import execnet4j.TerminationReport.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker that was told to end and does not is still its group's to end. */
@Timeout(60)
class StuckAfterExitTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Group group = Group.builder().build();

    @AfterEach
    void end() {
        group.terminate(Duration.ZERO);
    }

    @Test
    void terminateKillsAndReportsIt() throws Exception {
        Gateway gateway = group.makeGateway("popen//jvm=-Xmx64m");
        long pid = gateway.remoteInfo().pid();
        Processes.signal("STOP", pid);
        gateway.exit();
        assertThat(group).isEmpty();
        assertThat(group).hasToString("<Group []>");
        assertThat(group.size()).isZero();

        TerminationReport report = group.terminate(Duration.ofMillis(300));

        assertThat(report.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.gatewayId()).isEqualTo("gw0");
            assertThat(worker.outcome()).isEqualTo(Outcome.KILLED);
        });
        Processes.awaitGone(Duration.ofSeconds(2), pid);
        assertThat(group.terminate(SOON).workers()).isEmpty();
    }

    @Test
    void itsIdIsFree() throws Exception {
        Gateway stuck = group.makeGateway("popen//id=me//jvm=-Xmx64m");
        Processes.signal("STOP", stuck.remoteInfo().pid());
        stuck.exit();

        Gateway next = group.makeGateway("popen//id=me//jvm=-Xmx64m");

        assertThat(group.get("me")).isSameAs(next);
        assertThat(group.terminate(Duration.ofSeconds(1)).workers())
                .extracting(TerminationReport.Worker::outcome)
                .containsExactly(Outcome.KILLED, Outcome.GRACEFUL);
    }

    @Test
    void itDoesNotOutliveTheProgram() throws Exception {
        try (ChildJvm program =
                ChildJvm.of(execnet4j.live.programs.Coordinator.class, List.of(), Map.of(), "stuck", "end")) {
            program.readTo("ready");

            assertThat(program.exitStatus()).isZero();
            Processes.awaitGone(SOON, program.told());
        }
    }

    @Test
    void aSecondTerminateMeanwhileWaitsForTheSameWorkersAndSaysTheSame() throws Exception {
        Gateway gateway = group.makeGateway("popen//jvm=-Xmx64m");
        Processes.signal("STOP", gateway.remoteInfo().pid());
        CompletableFuture<TerminationReport> first = new CompletableFuture<>();
        new Thread(() -> first.complete(group.terminate(Duration.ofSeconds(2))), "test-first").start();
        Awaitility.await().until(() -> group.size() == 0);

        TerminationReport second = group.terminate(SOON);

        assertThat(second).isEqualTo(first.get(20, TimeUnit.SECONDS));
        assertThat(second.workers()).singleElement().satisfies(worker -> {
            assertThat(worker.outcome()).isEqualTo(Outcome.KILLED);
            assertThat(worker.exitStatus()).hasValue(137);
        });
    }
}
