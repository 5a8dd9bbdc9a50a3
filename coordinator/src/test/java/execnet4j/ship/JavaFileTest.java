package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import execnet4j.error.TaskCompileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaFileTest {
    private final FarSide worker = new FarSide();

    @TempDir
    private Path directory;

    private Path report;

    @BeforeEach
    void report() {
        report = directory.resolve("report");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text.replace("REPORT", report.toString()));
    }

    @Test
    void aFileIsAFunctionOfAnItem() throws Exception {
        Path file = write("WordCount.java", """
                package some.where;
                import java.util.*;
                public class WordCount {
                    record Count(int words) {}
                    public static Object apply(Object item) {
                        return Map.of("words", new Count(((String) item).split(" ").length).words());
                    }
                }
                """);

        assertThat(worker.apply(worker.shipper.fileFunction(file, FarSide.RELEASE), "a b c"))
                .isEqualTo(Map.of("words", 3));
    }

    @Test
    void theItemIsConvertedToWhatApplyTakes() throws Exception {
        Path file = write("Next.java", "class Next { static long apply(long n) { return n + 1; } }");

        assertThat(worker.apply(worker.shipper.fileFunction(file, FarSide.RELEASE), 1))
                .isEqualTo(2L);
    }

    @Test
    void aFileMayImplementTheFunction() throws Exception {
        Path file = write("Twice.java", """
                public class Twice implements execnet4j.channel.RemoteFunction<Long, Long> {
                    public Long apply(Long n) { return 2 * n; }
                }
                """);

        assertThat(worker.apply(worker.shipper.fileFunction(file, FarSide.RELEASE), 4))
                .isEqualTo(8L);
    }

    @Test
    @DisplayName("G09 G10 a file runs after it was deleted, and tracebacks name it and the line")
    void tracebacksNameTheFileAndLine() throws Exception {
        Path file = write("Fails.java", """
                import execnet4j.channel.Channel;
                class Fails {
                    static void run(Channel channel) {
                        throw new IllegalStateException("failed");
                    }
                }
                """);
        PreparedTask task = worker.shipper.file(file, FarSide.RELEASE);
        Files.delete(file);

        Throwable thrown = catchThrowable(() -> worker.run(task));

        assertThat(thrown).hasMessage("failed");
        assertThat(thrown.getStackTrace()[0]).hasToString("execnet4j-task//Fails.run(Fails.java:4)");
    }

    @Test
    @DisplayName("G08 a file is read again each time")
    void aFileIsReadAgain() throws Exception {
        Path file = write("F.java", "class F { static int apply(Object item) { return 1; } }");
        Object first = worker.apply(worker.shipper.fileFunction(file, FarSide.RELEASE), null);
        write("F.java", "class F { static int apply(Object item) { return 2; } }");
        Object second = worker.apply(worker.shipper.fileFunction(file, FarSide.RELEASE), null);

        assertThat(List.of(first, second)).isEqualTo(List.of(1, 2));
    }

    @Test
    @DisplayName("B29 a function with keyword arguments gets them, by name")
    void argumentsAreGivenByName() throws Exception {
        Path file = functions();

        worker.run(worker.shipper.file(
                file, "report", Map.of("count", 2, "word", "a", "letters", List.of("x")), FarSide.RELEASE));

        assertThat(report).hasContent("2 a [x]");
    }

    @Test
    void missingAndUnknownArgumentsAreRefused() throws Exception {
        Path file = functions();

        assertThatThrownBy(() -> worker.shipper.file(file, "report", Map.of("count", 2, "wrod", "a"), FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("report(Channel channel, long count, String word, List letters)")
                .hasMessageContaining("missing [word, letters]")
                .hasMessageContaining("unknown [wrod]");
        assertThatThrownBy(() -> worker.shipper.file(
                        file, "report", Map.of("count", "2", "word", "a", "letters", List.of()), FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the argument count of report is a java.lang.String");
        assertThatThrownBy(() -> worker.shipper.file(file, "rapport", Map.of(), FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no static method rapport")
                .hasMessageContaining("report(Channel channel");
    }

    @Test
    @DisplayName("B20 a function whose first parameter is no channel is refused before anything is sent")
    void aFunctionWithoutAChannelIsRefused() throws Exception {
        Path file = functions();

        assertThatThrownBy(() -> worker.shipper.file(file, "other", Map.of("x", 1), FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a Channel")
                .hasMessageContaining("other(int x)");
    }

    private Path functions() throws IOException {
        return write("Functions.java", """
                import execnet4j.channel.Channel;
                import java.nio.file.*;
                import java.util.List;
                class Functions {
                    static void report(Channel channel, long count, String word, List<String> letters) throws Exception {
                        Files.writeString(Path.of("REPORT"), count + " " + word + " " + letters);
                    }
                    static void other(int x) {}
                }
                """);
    }

    @Test
    void errorsNameTheFile() throws Exception {
        Path file = write("Bad.java", "class Bad {\n  int x = oops;\n}\n");

        assertThatThrownBy(() -> worker.shipper.file(file, FarSide.RELEASE))
                .isInstanceOf(TaskCompileException.class)
                .hasMessageContaining(file + ":2:11: cannot find symbol");
    }

    @Test
    void aFileWithoutAnEntryIsRefused() throws Exception {
        Path file = write("None.java", "class None { void run(Object o) {} }");
        Path misnamed = write("Misnamed.java", "class Other { }");

        assertThatThrownBy(() -> worker.shipper.file(file, FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("static void run(Channel channel)");
        assertThatThrownBy(() -> worker.shipper.fileFunction(file, FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public static Object apply(Object item)")
                .hasMessageContaining("its methods are: run(Object o)");
        assertThatThrownBy(() -> worker.shipper.file(misnamed, FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no class named Misnamed");
        assertThatThrownBy(() -> worker.shipper.file(directory.resolve("Gone.java"), FarSide.RELEASE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Gone.java");
    }

    @Test
    void aFileMayBeATaskObject() throws Exception {
        Path file = write("Writes.java", """
                public class Writes implements execnet4j.channel.RemoteTask {
                    @Override
                    public void run(execnet4j.channel.Channel channel) throws Exception {
                        java.nio.file.Files.writeString(java.nio.file.Path.of("REPORT"), "written");
                    }
                }
                """);

        worker.run(worker.shipper.file(file, FarSide.RELEASE));

        assertThat(report).hasContent("written");
    }
}
