package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Group;
import execnet4j.error.GatewayStartException;
import execnet4j.error.GroupStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start takes no longer than it may, the finding out why it failed and the kill included. */
@Timeout(60)
class TimelyStartTest {
    private static final Duration LIMIT = Duration.ofMillis(500);
    /** Less than the second that finding out why took on top. */
    private static final Duration SLACK = Duration.ofMillis(900);

    @TempDir
    Path folder = Path.of("");

    /** It does not answer, and what it started holds its standard error open. */
    private String hanging() throws IOException {
        Path script = folder.resolve("java");
        Files.writeString(script, "#!/bin/sh\nsleep 100 & sleep 100\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "popen//java=" + script;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void makeGateway() throws IOException {
        String spec = hanging();
        try (Group group = Group.builder().build()) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> group.makeGateway(spec, LIMIT)).isInstanceOf(GatewayStartException.class);

            assertThat(since(start)).isBetween(LIMIT, LIMIT.plus(SLACK));
        }
    }

    @Test
    void groupStart() throws IOException {
        String spec = hanging();
        long start = System.nanoTime();

        assertThatThrownBy(() -> Group.start(LIMIT, "10*" + spec)).isInstanceOf(GroupStartException.class);

        assertThat(since(start)).isBetween(LIMIT, LIMIT.plus(SLACK));
    }
}
