package execnet4j.stock;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.integration.ProgramRun;
import execnet4j.integration.Repository;
import execnet4j.protocol.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Python programs with plain execnet, each version that is here, drive JVM workers: the modules of src/test/python/stock. */
class StockMasterTest {
    private static final Path PROGRAMS = Repository.ROOT.resolve("integration/src/test/python/stock");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> drivesJvmWorkers() {
        return StockPython.each(Repository.ROOT).stream()
                .flatMap(python -> Stream.of("test_tasks", "test_channels", "test_groups", "test_via", "test_keys")
                        .map(module -> DynamicTest.dynamicTest(
                                module + " with execnet " + python.version(), () -> check(python, module))));
    }

    private void check(StockPython python, String module) throws Exception {
        Path place = Files.createTempDirectory(folder, module);
        ProgramRun run =
                ProgramRun.of(place, python.running(WorkerScript.in(place), PROGRAMS, "-m", "unittest", "-v", module));
        run.leftOver().forEach(ProcessHandle::destroyForcibly);
        assertThat(run.exitStatus()).as(run.errors()).isZero();
        assertThat(run.leftOver()).as("processes left behind").isEmpty();
    }

    @Test
    void theScriptTellsHowItIsUsed() throws Exception {
        String script = WorkerScript.in(folder).toString();
        ProgramRun help = ProgramRun.of(folder, List.of(script, "-u", "--help"));
        assertThat(help.exitStatus()).isZero();
        assertThat(help.output()).contains("popen//python=/path/to/execnet4j-worker");
        ProgramRun version = ProgramRun.of(folder, List.of(script, "--version"));
        assertThat(version.output()).startsWith("execnet4j ");
        assertThat(version.errors()).isEmpty();
        ProgramRun wrong = ProgramRun.of(folder, List.of(script, "--nonsense"));
        assertThat(wrong.exitStatus()).isEqualTo(2);
        assertThat(wrong.errors())
                .isEqualTo("execnet4j-worker: there is no option '--nonsense'; see execnet4j-worker --help\n");
    }

    @Test
    void withoutAMasterTheScriptSaysSoInALine() throws Exception {
        String script = WorkerScript.in(folder).toString();
        ProgramRun alone = ProgramRun.of(folder, List.of(script));
        assertThat(alone.exitStatus()).isEqualTo(ExitStatus.UNUSABLE);
        assertThat(alone.errors()).isEqualTo("execnet4j: the coordinator went away before it said a word\n");
    }
}
