package execnet4j.far;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.far.programs.Starter;
import execnet4j.live.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that cannot be had in a test, of the same shape: they check their arguments and run what they are to run. */
@Timeout(120)
class StandInsTest {
    /** Runs its last argument, as the words of a shell. */
    private static final String STAND_IN = """
            #!/bin/sh
            printf '%s\\n' "$0 $*" | sed 's,.*/,,' >>"$SAID"
            for last in "$@"; do :; done
            exec sh -c "$last"
            """;

    @TempDir
    Path folder;

    @Test
    void kubectl() throws Exception {
        assertThat(started("kubectl", "kubectl=-n staging web-0/app", "kubectl=web-0//python=python3"))
                .containsExactly("kubectl exec -i -n staging web-0 -c app -- sh", "kubectl exec -i web-0 -- sh");
    }

    @Test
    void docker() throws Exception {
        assertThat(started("docker", "docker=-u app web", "docker=web//python=python3"))
                .containsExactly("docker exec -i -u app web sh", "docker exec -i web sh");
    }

    @Test
    @DisplayName("X22 a worker in a machine of vagrant")
    void vagrant() throws Exception {
        assertThat(started("vagrant", "vagrant_ssh=default", "vagrant_ssh=default//python=python3"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("vagrant ssh default -- -T -o BatchMode=yes")
                        .endsWith(" exec sh"));
    }

    /** Starts a worker of each spec, one after the other, and gives how the command was called. */
    private List<String> started(String command, String... specs) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path standIn = Files.writeString(bin.resolve(command), STAND_IN);
        Files.setPosixFilePermissions(standIn, PosixFilePermissions.fromString("rwx------"));
        Path said = folder.resolve("said");
        Map<String, String> env = Map.of(
                "PATH", bin + ":" + System.getenv("PATH"),
                "SAID", said.toString(),
                "XDG_CACHE_HOME", folder.resolve("cache").toString());
        for (String spec : specs) {
            try (ChildJvm starter = ChildJvm.of(Starter.class, List.of(), env, spec)) {
                starter.readTo("ready");
            }
        }
        return Files.readAllLines(said);
    }
}
