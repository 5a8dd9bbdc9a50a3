package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.TestJvm;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of Java in README.md and docs/ compiles, runs, prints what the page says, and leaves no process behind. A
 * block that only declares types is there for the blocks below it on its page.
 */
class DocumentationTest {
    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> everyBlockDoesWhatItsPageSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : Repository.pages()) {
            String name = String.valueOf(page.getFileName());
            for (CodeBlock block : CodeBlock.of(name, Files.readAllLines(page))) {
                URI place = URI.create(page.toUri() + "?line=" + block.line());
                tests.add(DynamicTest.dynamicTest(block.title(), place, () -> check(block)));
            }
        }
        return tests;
    }

    private void check(CodeBlock block) throws Exception {
        Path pageClasses = Files.createDirectories(folder.resolve(block.page()));
        Path place = Files.createTempDirectory(folder, "block");
        BlockProgram program = BlockProgram.of(block.code());
        Path classes = program.runs() ? Files.createDirectory(place.resolve("classes")) : pageClasses;
        String classPath = classes + ":" + pageClasses + ":" + System.getProperty("java.class.path");
        compile(block, program, classes, classPath);
        if (!program.runs()) {
            return;
        }
        ProgramRun run = ProgramRun.of(
                Files.createDirectory(place.resolve("work")),
                TestJvm.command(List.of("-cp", classPath, program.className())));
        run.leftOver().forEach(ProcessHandle::destroyForcibly);
        assertThat(run.exitStatus())
                .as("exit status; standard error:%n%s", run.errors())
                .isZero();
        if (block.output() != null) {
            assertThat(run.output().stripTrailing())
                    .as("output; standard error:%n%s", run.errors())
                    .isEqualTo(block.output().stripTrailing());
        }
        assertThat(run.leftOver()).as("processes left behind").isEmpty();
    }

    private static void compile(CodeBlock block, BlockProgram program, Path classes, String classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        SimpleJavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + program.className() + ".java"), SimpleJavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return program.source();
                    }
                };
        List<String> options =
                List.of("-d", classes.toString(), "-cp", classPath, "--release", "17", "-proc:none", "-parameters");
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file))
                .call();
        assertThat(compiled)
                .as("%s, line %d, compiles:%n%s%nas%n%s", block.page(), block.line(), messages, program.source())
                .isTrue();
    }
}
