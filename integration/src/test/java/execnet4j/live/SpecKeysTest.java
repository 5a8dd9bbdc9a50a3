package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.GatewayStartException;
import execnet4j.error.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecKeysTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OWN_JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path folder = Path.of("");

    private final Group group = Group.builder().build();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(5));
    }

    private @Nullable Object ask(String spec, String expression) {
        Gateway gateway = group.makeGateway(spec);
        Channel channel = gateway.remoteExec("channel.send(" + expression + ");");
        Object answer = channel.receive(SOON);
        channel.waitClose(SOON);
        return answer;
    }

    @Test
    @DisplayName("X15 the empty spec means the default")
    void emptySpec() {
        assertThat(group.makeGateway("").spec().toString()).isEqualTo("popen//id=gw0");
        group.defaultSpec("popen//jvm=-Dmarked=yes");
        assertThat(ask("", "System.getProperty(\"marked\")")).isEqualTo("yes");
    }

    @Test
    @DisplayName("X16 a nice value adds to the creator's")
    void nice() throws IOException {
        Gateway gateway = group.makeGateway("popen//nice=5");

        assertThat(niceness(gateway.remoteInfo().pid()))
                .isEqualTo(niceness(ProcessHandle.current().pid()) + 5);
    }

    private static int niceness(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    @Test
    @DisplayName("X17 X07 variables of the environment reach the worker, with anything in their values")
    void env() {
        assertThat(ask(
                        "popen//env:PLAIN=one//env:ODD=a b=c $HOME 'q'//env:EMPTY=",
                        "Stream.of(\"PLAIN\", \"ODD\", \"EMPTY\").map(System::getenv).toList()"))
                .isEqualTo(List.of("one", "a b=c $HOME 'q'", ""));
    }

    @Test
    @DisplayName("X18 the java that is named is used")
    void java() throws IOException {
        Path java = folder.resolve("java");
        Files.createSymbolicLink(java, Path.of(OWN_JAVA));

        assertThat(ask("popen//java=" + java, "Files.readString(Path.of(\"/proc/self/cmdline\")).split(\"\\0\")[0]"))
                .isEqualTo(java.toString());
    }

    @Test
    @DisplayName("G38 X06 java= may be several words, with paths quoted as in a shell")
    void words() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("a 'odd\" folder"));
        Path home = odd.resolve("jdk");
        Files.createSymbolicLink(home, Path.of(System.getProperty("java.home")));
        String quoted = "\"" + (home + "/bin/java").replace("\"", "\\\"") + "\"";

        assertThat(ask("popen//java=env FOO='b a r' " + quoted, "System.getenv(\"FOO\")"))
                .isEqualTo("b a r");
        String escaped =
                (home + "/bin/java").replace(" ", "\\ ").replace("'", "\\'").replace("\"", "\\\"");
        assertThat(ask("popen//java=" + escaped, "1")).isEqualTo(1);
    }

    @Test
    @DisplayName("X19 an absolute chdir is where the worker starts")
    void absoluteChdir() throws IOException {
        assertThat(group.makeGateway("popen//chdir=" + folder).remoteInfo().cwd())
                .isEqualTo(folder.toRealPath().toString());
        assertThatThrownBy(() -> group.makeGateway("popen//chdir=" + folder.resolve("missing")))
                .isInstanceOf(GatewayStartException.class)
                .hasMessageContaining("missing");
    }

    @Test
    @DisplayName(
            "X20 X08 a relative chdir that is missing is created, below the coordinator's directory, which popen shares")
    void relativeChdir() throws IOException {
        Path made = Path.of("target", "made-by-a-test", folder.getFileName().toString());
        try {
            assertThat(group.makeGateway("popen//chdir=" + made).remoteInfo().cwd())
                    .isEqualTo(made.toAbsolutePath().toString());
        } finally {
            Files.deleteIfExists(made);
        }
    }

    @Test
    void jvmOptionsArePassedOnInOrder() {
        assertThat(ask(
                        "popen//jvm=-Da=1//jvm:more=-Da=2//jvm:last=-Db=with space",
                        "System.getProperty(\"a\") + System.getProperty(\"b\")"))
                .isEqualTo("2with space");
    }

    @Test
    @DisplayName("X14 a spec without a transport is refused")
    void noTransport() {
        assertThatThrownBy(() -> group.makeGateway("id=alone"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("popen");
        assertThat(group.size()).isZero();
    }

    @Test
    @DisplayName("M11 an id that is taken is refused before anything is started")
    void takenId() {
        group.makeGateway("popen//id=mine");
        long children = ProcessHandle.current().children().count();

        assertThatThrownBy(() -> group.makeGateway("popen//id=mine//chdir=" + folder.resolve("nowhere")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("mine");
        assertThat(ProcessHandle.current().children().count()).isEqualTo(children);
        assertThat(group).hasSize(1);
    }
}
