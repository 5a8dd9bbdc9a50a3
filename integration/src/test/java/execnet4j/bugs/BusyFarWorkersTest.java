package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.TerminationReport.Outcome;
import execnet4j.TerminationReport.Worker;
import execnet4j.channel.Channel;
import execnet4j.live.Processes;
import execnet4j.serve.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of many workers that compute, a server or a worker on the way killed so slowly that the coordinator gave them up. */
@Timeout(120)
class BusyFarWorkersTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(1);
    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final String SMALL = "//jvm=-Xmx32m";
    private static final String PYTHON = "//python=python3";

    private static final String JAVA_COMPUTES = "channel.send(1); while (true) { Thread.onSpinWait(); }";
    private static final String PYTHON_COMPUTES = """
            import signal
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            channel.send(1)
            while True: pass
            """;

    @TempDir
    Path folder;

    @Test
    void tenJvmsOfAServerAreKilledInTime() throws IOException {
        try (TestServer server = TestServer.plain(folder)) {
            allAreKilled("10*" + server.spec() + SMALL);
        }
    }

    @Test
    void tenPythonsOfAServerAreKilledInTime() throws IOException {
        try (TestServer server = TestServer.plain(folder)) {
            allAreKilled("10*" + server.spec() + PYTHON);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',popen//via", "//python=python3,popen//via", "//python=python3,installvia"})
    void allBehindOneAreKilledInTime(String kindOfHost, String way) {
        String cache = "//env:XDG_CACHE_HOME=" + folder;
        allAreKilled(
                "popen//id=host" + kindOfHost, "3*" + way + "=host" + SMALL + cache, "3*" + way + "=host" + PYTHON);
    }

    private static void allAreKilled(String... specs) {
        List<Long> pids = new ArrayList<>();
        try (Group group = Group.builder().outputListener((id, line) -> {}).start(specs)) {
            group.forEach(gateway -> pids.add(gateway.remoteInfo().pid()));
            List<Channel> computing = new ArrayList<>();
            for (Gateway gateway : group) {
                if (!gateway.id().equals("host")) {
                    computing.add(
                            gateway.remoteExec(gateway.spec().python().isEmpty() ? JAVA_COMPUTES : PYTHON_COMPUTES));
                }
            }
            MultiChannel.of(computing).receiveEach(SOON);
            long begin = System.nanoTime();

            Map<String, Worker> workers = group.terminate(TO_END).workers().stream()
                    .collect(Collectors.toMap(Worker::gatewayId, worker -> worker));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TO_END.plus(SLACK));
            workers.remove("host");
            assertThat(workers.values()).hasSize(computing.size()).allSatisfy(worker -> {
                assertThat(worker.outcome()).isEqualTo(Outcome.KILLED);
                assertThat(worker.exitStatus()).hasValue(137);
            });
            Processes.awaitGone(Duration.ofSeconds(1), pids);
        } finally {
            Processes.killLeft(pids);
        }
    }
}
