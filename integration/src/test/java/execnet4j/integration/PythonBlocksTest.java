package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.stock.StockPython;
import execnet4j.stock.WorkerScript;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Python in README.md and docs/ that imports execnet is a program for it, and prints what its page says. */
class PythonBlocksTest {
    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> everyBlockDoesWhatItsPageSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : Repository.pages()) {
            String name = String.valueOf(page.getFileName());
            for (CodeBlock block : CodeBlock.of(name, Files.readAllLines(page), "python")) {
                if (block.code().contains("import execnet")) {
                    URI place = URI.create(page.toUri() + "?line=" + block.line());
                    tests.add(DynamicTest.dynamicTest(block.title(), place, () -> check(block)));
                }
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    private void check(CodeBlock block) throws Exception {
        Path checkout = Files.createTempDirectory(folder, "block");
        Path program = Files.writeString(checkout.resolve("block.py"), block.code());
        ProgramRun run = ProgramRun.of(
                checkout, StockPython.any().running(WorkerScript.in(checkout), checkout, program.toString()));
        run.leftOver().forEach(ProcessHandle::destroyForcibly);
        assertThat(run.exitStatus()).as(run.errors()).isZero();
        assertThat(run.output().stripTrailing()).as(run.errors()).isEqualTo(block.output());
        assertThat(run.leftOver()).as("processes left behind").isEmpty();
    }
}
