package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.MultiChannel;
import execnet4j.Program;
import execnet4j.channel.Channel;
import execnet4j.error.RemoteTaskException;
import execnet4j.error.TaskCompileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tasks.Failing;
import tasks.Primes;

@ExtendWith(SharedWorkers.class)
class TaskFormsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private final Gateway gateway = Workers.shared();
    private int tasksBefore;

    @BeforeEach
    void count() {
        tasksBefore = Workers.openChannels(gateway);
    }

    @AfterEach
    void nothingWasLeft() {
        assertThat(Workers.openChannels(gateway)).isEqualTo(tasksBefore);
    }

    @Test
    void sourceText() {
        Channel channel = gateway.remoteExec("""
                import java.time.DayOfWeek;
                channel.send((int) channel.receive() + 1);
                channel.send(Stream.of(DayOfWeek.values()).limit(2).map(Enum::name).toList());
                """);
        channel.send(1);

        assertThat(channel.receive(SOON)).isEqualTo(2);
        assertThat(channel.receive(SOON)).isEqualTo(List.of("MONDAY", "TUESDAY"));
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName(
            "H11 source that does not compile is refused with line and column of the user's text, and nothing is sent")
    void compileError() {
        assertThatThrownBy(() -> gateway.remoteExec("int x = 1;\nint y = nothere;"))
                .isInstanceOfSatisfying(TaskCompileException.class, e -> {
                    assertThat(e.line()).isEqualTo(2);
                    assertThat(e.column()).isEqualTo(9);
                    assertThat(e).hasMessageContaining("nothere");
                });
    }

    @Test
    @DisplayName("B22 a lambda takes plain captured values along")
    void captures() {
        String text = "captured";
        List<Integer> numbers = List.of(1, 2, 3);
        double factor = 1.5;

        Channel channel = gateway.remoteExec(remote -> remote.send(
                text + numbers.stream().mapToDouble(each -> each * factor).sum()));

        assertThat(channel.receive(SOON)).isEqualTo("captured9.0");
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("B19 a lambda that captures what no channel carries is refused, naming the type, and nothing is sent")
    void capturesNoValue() {
        Thread thread = Thread.currentThread();

        assertThatThrownBy(() -> gateway.remoteExec(channel -> channel.send(thread.getName())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    @DisplayName("B22 a lambda that uses the object around it is refused, naming its class")
    void capturesThis() {
        assertThatThrownBy(() -> gateway.remoteExec(channel -> channel.send(folder.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("TaskFormsTest");
    }

    @Test
    void aClassWithHelpersWhoseStaticsPersist() {
        int first = primes();
        int second = primes();

        assertThat(second).isEqualTo(first + 1);
        assertThat(Primes.runs()).as("nothing happens here").isZero();
    }

    private int primes() {
        Channel channel = gateway.remoteExec(Primes.class);
        channel.send(20);
        assertThat(channel.receive(SOON)).isEqualTo(List.of(2, 3, 5, 7, 11, 13, 17, 19));
        Integer runs = channel.receive(int.class, SOON);
        channel.waitClose(SOON);
        assertThat(runs).isNotNull();
        return runs == null ? -1 : runs;
    }

    @Test
    @DisplayName("G09 a file's code runs although the file is deleted as soon as it was sent")
    void deletedFile() throws IOException {
        Path file = Files.writeString(folder.resolve("Short.java"), """
                import execnet4j.channel.Channel;

                class Short {
                    static void run(Channel channel) {
                        channel.send(channel.receive());
                    }
                }
                """);
        Channel channel = gateway.remoteExec(file);
        Files.delete(file);

        channel.send("still there");

        assertThat(channel.receive(SOON)).isEqualTo("still there");
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("G10 H10 the traceback names file and line of a class, for each call")
    void tracebackOfClass() {
        Channel channel = gateway.remoteExec(Failing.class);

        assertThatThrownBy(() -> channel.waitClose(SOON))
                .isInstanceOf(RemoteTaskException.class)
                .hasMessageContaining("java.io.IOException: cannot open a.txt")
                .hasMessageContaining("tasks.Failing.open(Failing.java:17)")
                .hasMessageContaining("tasks.Failing.run(Failing.java:13)");
    }

    @Test
    @DisplayName("G10 the traceback names file and line of a file, for the whole file and for a function of it")
    void tracebackOfFile() throws IOException {
        Path file = Files.writeString(folder.resolve("Broken.java"), """
                import execnet4j.channel.Channel;

                class Broken {
                    static void run(Channel channel) {
                        throw new IllegalStateException("in run");
                    }

                    static void other(Channel channel, int divisor) {
                        channel.send(1 / divisor);
                    }
                }
                """);

        Channel whole = gateway.remoteExec(file);
        assertThatThrownBy(() -> whole.waitClose(SOON)).hasMessageContaining("Broken.run(Broken.java:5)");
        Channel function = gateway.remoteExec(Program.of(file).call("other", Map.of("divisor", 0)));
        assertThatThrownBy(() -> function.waitClose(SOON))
                .hasMessageContaining("/ by zero")
                .hasMessageContaining("Broken.other(Broken.java:9)");
    }

    @Test
    @DisplayName("B29 a function of a file is called with arguments by name")
    void functionWithArguments() throws IOException {
        Channel channel = gateway.remoteExec(
                Program.of(greeting()).call("greet", Map.of("times", 2, "name", "you", "marks", List.of("!", "?"))));

        assertThat(channel.receive(SOON)).isEqualTo("hello you!?hello you!?");
        channel.waitClose(SOON);
    }

    @Test
    @DisplayName("M14 a group's remoteExec passes the arguments to every member")
    void groupWithArguments() throws IOException {
        MultiChannel channels = Workers.pair()
                .remoteExec(
                        Program.of(greeting()).call("greet", Map.of("times", 1, "name", "all", "marks", List.of())));

        assertThat(channels.receiveEach(SOON)).containsExactly("hello all", "hello all");
        channels.waitClose(SOON);
    }

    @Test
    @DisplayName("B20 a function that takes no channel first, that is not there or gets other arguments is refused")
    void noTask() throws IOException {
        Path file = greeting();

        assertThatThrownBy(() -> gateway.remoteExec(Program.of(file).call("plain", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Channel");
        assertThatThrownBy(() -> gateway.remoteExec(Program.of(file).call("absent", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> gateway.remoteExec(Program.of(file).call("greet", Map.of("times", 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> gateway.remoteExec(
                        Program.of(file).call("greet", Map.of("times", 1, "name", "x", "marks", List.of(), "more", 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more");
        assertThatThrownBy(() -> gateway.remoteExec(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run");
    }

    @Test
    @DisplayName("B30 arguments with source text are refused at the caller")
    void textWithArguments() {
        assertThatThrownBy(() -> Program.java("channel.send(x);").call("f", Map.of("x", 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProgramInAnotherLanguageIsRefusedBeforeAnythingIsSentToAnybody() {
        assertThatThrownBy(() -> gateway.remoteExec(Program.python("channel.send(1)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JVM");
        assertThatThrownBy(() -> Workers.pair().remoteExec(Program.python("channel.send(1)")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void classesAndResourcesThatOnlyTheRunFindsComeFromTheTaskClassPath() {
        Channel channel = gateway.remoteExec("""
                ClassLoader loader = Thread.currentThread().getContextClassLoader();
                channel.send(Class.forName("tasks.FoundLate", true, loader).getConstructor().newInstance().toString());
                try (InputStream in = loader.getResourceAsStream("tasks-resource.txt")) {
                    channel.send(new String(in.readAllBytes()));
                }
                channel.send(loader.getResourceAsStream("no-such-resource.txt") == null);
                """);

        assertThat(channel.receive(SOON)).isEqualTo("found late");
        assertThat(channel.receive(SOON)).isEqualTo("a resource of the tests");
        assertThat(channel.receive(SOON)).isEqualTo(true);
        channel.waitClose(SOON);
    }

    @Test
    void nothingOutsideTheTaskClassPathIsGiven() throws IOException {
        Path entry = Files.createDirectory(folder.resolve("entry"));
        Files.writeString(entry.resolve("inside.txt"), "inside");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(entry.resolve("link.txt"), folder.resolve("secret.txt"));
        try (Group group = Group.builder().taskClassPath(entry).start("popen")) {
            Channel channel = group.get(0).remoteExec("""
                    ClassLoader loader = Thread.currentThread().getContextClassLoader();
                    for (Object name : channel) {
                        try (InputStream in = loader.getResourceAsStream((String) name)) {
                            channel.send(in == null ? "none" : new String(in.readAllBytes()));
                        } catch (Exception e) {
                            channel.send("refused");
                        }
                    }
                    """);

            assertThat(ask(channel, "inside.txt")).isEqualTo("inside");
            for (String name : List.of(
                    "../secret.txt",
                    "x/../../secret.txt",
                    folder.resolve("secret.txt").toString(),
                    "/" + folder.resolve("secret.txt"),
                    "link.txt",
                    "tasks-resource.txt",
                    "tasks/FoundLate.class",
                    "a".repeat(100_000))) {
                assertThat(ask(channel, name)).as(name).isNotEqualTo("secret").isIn("none", "refused");
            }
            assertThat(ask(channel, "inside.txt")).as("the gateway lives on").isEqualTo("inside");
        }
    }

    private static Object ask(Channel channel, String name) {
        channel.send(name);
        return channel.receive(String.class, SOON);
    }

    private Path greeting() throws IOException {
        return Files.writeString(folder.resolve("Greeting.java"), """
                import execnet4j.channel.Channel;
                import java.util.List;

                class Greeting {
                    static void greet(Channel channel, String name, int times, List<String> marks) {
                        channel.send(("hello " + name + String.join("", marks)).repeat(times));
                    }

                    static void plain(String text) {}
                }
                """);
    }
}
