package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.error.GatewayStartException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on every JDK of this machine; with one alone it plays both parts, as far as that can be. */
class OtherJdkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int VIRTUAL_THREADS_SINCE = 21;

    @TempDir
    Path folder = Path.of("");

    private final Group group = Group.builder().outputListener((id, line) -> {}).build();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(5));
    }

    @Test
    void allFormsOfTasksRunOnEveryRelease() throws IOException {
        Map<Integer, Path> jdks = Jdks.all();
        assertThat(jdks).containsKey(Runtime.version().feature());
        for (Map.Entry<Integer, Path> jdk : jdks.entrySet()) {
            Gateway gateway = group.makeGateway("popen//java=" + jdk.getValue());
            assertThat(gateway.remoteInfo().version()).startsWith(jdk.getKey().toString());

            Channel text = gateway.remoteExec("channel.send(Runtime.version().feature());");
            assertThat(text.receive(SOON)).isEqualTo(jdk.getKey());
            String captured = "captured";
            Channel lambda = gateway.remoteExec(channel -> channel.send(captured));
            assertThat(lambda.receive(SOON)).isEqualTo("captured");
        }
    }

    @Test
    void virtualThreadsWhereTheyExistAndAClearRefusalWhereTheyDoNot() throws IOException {
        for (Map.Entry<Integer, Path> jdk : Jdks.all().entrySet()) {
            String spec = "popen//execmodel=virtual//java=" + jdk.getValue();
            if (jdk.getKey() >= VIRTUAL_THREADS_SINCE) {
                Gateway gateway = group.makeGateway(spec);
                Channel channel = gateway.remoteExec(
                        remote -> remote.send(Thread.currentThread().toString()));
                assertThat(channel.receive(String.class, SOON)).startsWith("VirtualThread");
                assertThat(gateway.remoteStatus().execModel()).isEqualTo("virtual");
            } else {
                assertThatThrownBy(() -> group.makeGateway(spec))
                        .isInstanceOf(GatewayStartException.class)
                        .hasMessageContaining("virtual")
                        .hasMessageContaining("21")
                        .hasMessageContaining(jdk.getKey().toString());
            }
        }
    }

    @Test
    void classFilesNewerThanTheWorkerAreRefusedNamingBothVersions() throws Exception {
        int oldest = Jdks.all().keySet().iterator().next();
        int newer = Runtime.version().feature() > oldest ? Runtime.version().feature() : oldest + 1;
        Gateway gateway = group.makeGateway("popen//java=" + Jdks.all().get(oldest));
        byte[] classFile = classFileOfRelease(newer);
        if (newer > Runtime.version().feature()) {
            // Only one JDK is here: its compiler makes no newer class file, and it loads none. On the task class path
            // one can stand all the same.
            Path entry = Files.createDirectory(folder.resolve("entry"));
            Files.write(entry.resolve("Newer.class"), classFile);
            try (Group other = Group.builder().taskClassPath(entry).start("popen")) {
                Channel channel = other.get(0)
                        .remoteExec("Class.forName(\"Newer\", true, Thread.currentThread().getContextClassLoader());");
                assertThatThrownBy(() -> channel.waitClose(SOON))
                        .hasMessageContaining("Java " + newer)
                        .hasMessageContaining("Java " + oldest);
            }
            return;
        }
        Files.write(folder.resolve("Newer.class"), classFile);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<? extends RemoteTask> task = loader.loadClass("Newer").asSubclass(RemoteTask.class);

            assertThatThrownBy(() -> gateway.remoteExec(task))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Java " + newer)
                    .hasMessageContaining("Java " + oldest);
        }
        assertThat(gateway.remoteStatus().executing()).isZero();
    }

    /** Compiled for this JDK; a release beyond it is written over the class file's own. */
    private byte[] classFileOfRelease(int release) throws Exception {
        Path source = Files.writeString(folder.resolve("Newer.java"), """
                public class Newer implements execnet4j.channel.RemoteTask {
                    public void run(execnet4j.channel.Channel channel) {}
                }
                """);
        JavacRun.compile(folder, source);
        byte[] classFile = Files.readAllBytes(folder.resolve("Newer.class"));
        classFile[7] = (byte) (44 + release);
        return classFile;
    }
}
