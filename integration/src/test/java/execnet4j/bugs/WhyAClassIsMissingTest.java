package execnet4j.bugs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.error.RemoteTaskException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that did not get a class was not told why. */
class WhyAClassIsMissingTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder = Path.of("");

    @Test
    void aClassOfTheTaskClassPathThatIsNewerThanTheWorkerIsNamedWithItsVersionInSourceTextToo() throws Exception {
        byte[] classFile;
        try (var in = WhyAClassIsMissingTest.class.getResourceAsStream("WhyAClassIsMissingTest.class")) {
            classFile = in == null ? new byte[0] : in.readAllBytes();
        }
        classFile[7] = (byte) (44 + 60);
        Files.write(folder.resolve("Newer.class"), classFile);
        try (Group group = Group.builder().taskClassPath(folder).start("popen")) {
            Channel channel = group.get(0)
                    .remoteExec("Class.forName(\"Newer\", true, Thread.currentThread().getContextClassLoader());");

            assertThatThrownBy(() -> channel.waitClose(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("Java 60");
        }
    }

    @Test
    void aTaskWhoseClassMakesAGroupIsToldThatGroupsAreForCoordinators() {
        try (Group group = Group.start("popen")) {
            Gateway gateway = group.get(0);
            Channel channel = gateway.remoteExec(Task.class);

            assertThatThrownBy(() -> channel.waitClose(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("execnet4j/Group")
                    .hasMessageContaining("static initialisers");
        }
    }

    /** Keeps its group in a static, as a hasty program does. */
    static final class Task implements RemoteTask {
        private static final long serialVersionUID = 1L;
        private static final Group GROUP = Group.builder().build();

        @Override
        public void run(Channel channel) {
            channel.send(GROUP.size());
        }
    }
}
