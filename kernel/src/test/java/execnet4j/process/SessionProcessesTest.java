package execnet4j.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class SessionProcessesTest {
    private final List<Long> started = new ArrayList<>();
    private long session;

    @AfterEach
    void endWhatIsLeft() {
        started.addAll(ofSession());
        started.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere there is no /proc to find orphans by, as the documentation says
    void aSessionOfItsOwnEndsWithItsOrphansToo() throws Exception {
        long[] pids = runSession("", "setsid");
        Awaitility.await().until(() -> isGone(pids[0]) && isGone(pids[1]));
        assertThat(isGone(pids[2]))
                .as("what has left the session and its parents lives on")
                .isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutASessionOnlyDescendantsEnd() throws Exception {
        long[] pids = runSession("");
        Awaitility.await().until(() -> isGone(pids[0]));
        assertThat(isGone(pids[1])).as("an orphan in somebody else's session").isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsStartedWhileTheRestIsKilledEndsToo() throws Exception {
        runSession("fork", "setsid");
        Awaitility.await().untilAsserted(() -> assertThat(ofSession()).isEmpty());
    }

    private List<Long> ofSession() {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> stat(pid)
                        .map(stat -> !stat[0].equals("Z") && stat[3].equals(Long.toString(session)))
                        .orElse(false))
                .toList();
    }

    private long[] runSession(String order, String... lead) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(lead));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(SessionMain.class.getName());
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = program.inputReader(StandardCharsets.US_ASCII)) {
            long[] pids = Arrays.stream(out.readLine().split(" ", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            Arrays.stream(pids).forEach(started::add);
            assertThat(started).noneMatch(SessionProcessesTest::isGone);
            session = program.pid();
            program.getOutputStream().write((order + "\n").getBytes(StandardCharsets.US_ASCII));
            program.getOutputStream().flush();
            assertThat(out.readLine()).isEqualTo("done");
            assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return pids;
        } finally {
            program.destroyForcibly();
        }
    }

    /** Whether a process has ended; one that nobody has collected yet has. */
    private static boolean isGone(long pid) {
        return stat(pid).map(stat -> stat[0].equals("Z")).orElse(true);
    }

    /** State, parent, process group, session and more of a process that there is. */
    private static Optional<String[]> stat(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
