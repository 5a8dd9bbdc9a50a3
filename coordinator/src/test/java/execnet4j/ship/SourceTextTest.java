package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import execnet4j.error.TaskCompileException;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {
    private final FarSide worker = new FarSide();

    private void run(String text) throws Exception {
        worker.run(worker.shipper.text(text, FarSide.RELEASE));
    }

    private TaskCompileException refused(String text) {
        return catchThrowableOfType(TaskCompileException.class, () -> worker.shipper.text(text, FarSide.RELEASE));
    }

    @Test
    void statementsRunWithTheUsualImports() throws Exception {
        run("""
                List<Integer> list = Stream.of(1, 2).collect(Collectors.toList());
                Function<Integer, Tuple> function = x -> Tuple.of(x);
                Path path = Path.of("x");
                if (list.size() != 2 || channel != null) throw new IOException("not so");
                """);
    }

    @Test
    void statementsMayStartWithImportsAndComments() throws Exception {
        run("""
                // first
                import java.math.BigInteger; /* import no.such.Thing; */
                import static java.lang.Math.*;
                record Pair(int a, int b) {}
                if (max(1, new Pair(2, 3).b()) != BigInteger.valueOf(3).intValue()) throw new Exception("not so"); // last""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `oops();`                                             | 1 | 1
                    `  oops();`                                           | 1 | 3
                    `\toops();`                                           | 1 | 2
                    `import java.util.Lisst;`                             | 1 | 17
                    `import java.util.List; oops();`                      | 1 | 24
                    `import java.util.List;\n\n  oops();\n`               | 3 | 3
                    `import java.util.List;\r\noops();`                   | 2 | 1
                    `int x = 1;\nint y = z;`                              | 2 | 9
                    `int x = 1`                                           | 1 | 10
                    `int x = 1;\nint y = 2\n\n`                           | 2 | 10
                    `import java.util.List`                               | 1 | 22
                    `if (true) {\n  int x = 1;\n`                         | 1 | 11
                    `int x = 1; }`                                        | 1 | 12
                    `} void other() {`                                    | 1 | 1
                    `}} class Other {{`                                   | 1 | 1
                    `int x = "a;`                                         | 1 | 9
                    `/* open`                                             | 1 | 1
                    `String s = "}"; char c = '}'; // }\noops();`         | 2 | 1
                    """)
    void errorsHaveThePositionsOfTheUsersText(String text, long line, long column) {
        TaskCompileException error = refused(text);

        assertThat(error).as(text).isNotNull();
        assertThat(error).hasMessageContaining("<remote exec>:" + line + ":" + column + ": ");
        assertThat(new long[] {error.line(), error.column()}).containsExactly(line, column);
    }

    @Test
    @DisplayName("H11 a compile error is thrown before anything is sent, with all errors and the lines they are in")
    void allErrorsAreShownWithTheirLines() {
        assertThat(refused("int a = one;\nint b = two;"))
                .hasMessageContaining("<remote exec>:1:9: cannot find symbol")
                .hasMessageContaining("    int a = one;")
                .hasMessageContaining("<remote exec>:2:9: cannot find symbol")
                .hasMessageContaining("    int b = two;");
    }

    @Test
    void bracesInTextBlocksCommentsAndLiteralsAreNoBraces() {
        String text = String.join(
                "\n",
                "String block = \"\"\"",
                "  } \" { \\\"\"\" }",
                "  \"\"\";",
                "/* } */ char quote = '\"'; char brace = '}'; char tick = '\\''; // }",
                "String text = \"\\\"}\";");

        assertThatCode(() -> run(text)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("G22 tracebacks of text name the line in it")
    void tracebacksNameTheLine() {
        Throwable thrown = catchThrowable(
                () -> run("import java.util.List;\n\nRunnable r = () -> {\n  List.of().get(0);\n};\nr.run();"));

        assertThat(thrown.getStackTrace())
                .filteredOn(frame -> "<remote exec>".equals(frame.getFileName()))
                .extracting(StackTraceElement::getLineNumber)
                .startsWith(4, 6);
    }

    @Test
    void theSameTextIsCompiledOnce() {
        Map<String, byte[]> first =
                worker.shipper.text("int x = 1;", FarSide.RELEASE).once();
        Map<String, byte[]> second =
                worker.shipper.text("int x = 1;", FarSide.RELEASE).once();

        assertThat(second.values()).first().isSameAs(first.values().iterator().next());
    }

    @Test
    void itCompilesForTheWorkersRelease() {
        byte[] classFile =
                worker.shipper.text("int x = 1;", 17).once().values().iterator().next();
        byte[] newest = worker.shipper
                .text("int x = 1;", 1_000)
                .once()
                .values()
                .iterator()
                .next();

        assertThat(ClassVersion.release(classFile)).isEqualTo(17);
        assertThat(ClassVersion.release(newest)).isEqualTo(FarSide.RELEASE);
    }

    @Test
    void classesOfTheTaskClassPathGoWithIt() throws Exception {
        PreparedTask task =
                worker.shipper.text("if (execnet4j.ship.Counter.next() > 5) throw new Exception();", FarSide.RELEASE);

        assertThat(task.kept().classes()).containsKey(Counter.class.getName());
        assertThat(task.once()).hasSize(1);
        worker.run(task);
    }

    @Test
    @DisplayName("G26 System.exit in text is that task's error")
    void systemExitIsTheTasksError() {
        assertThatThrownBy(() -> run("System.exit(3);")).hasMessage("System.exit(3) called in a task");
    }
}
