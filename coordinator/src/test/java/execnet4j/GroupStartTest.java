package execnet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

@Timeout(60)
class GroupStartTest {
    @TempDir
    Path folder = Path.of("");

    private String python(String script) throws IOException {
        Path file = Files.createTempFile(folder, "python", "");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return "popen//python=" + file;
    }

    @Test
    void afterTheFirstFailureNoneIsBegunAndThoseUnderWayMayFailToo() throws IOException {
        Path sign = folder.resolve("sign");
        String hanging = python("exec sleep 100");
        String failing = python("exit 3");
        String slow = python("while ! [ -e " + sign + " ]; do sleep 0.1; done; exit 4");
        String first = python("touch " + sign + "; exit 5");
        String untried = python("touch " + sign + ".untried");
        long begin = System.nanoTime();

        assertThatThrownBy(() -> Group.builder().startParallelism(3).start(hanging, slow, first, untried, failing))
                .isInstanceOfSatisfying(
                        GroupStartException.class, e -> assertThat(e.failures()).containsOnlyKeys("gw1", "gw2"))
                .hasMessageStartingWith("2 of 5 gateways did not start, so the rest was ended or not started at all:");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("as the one that hangs had eleven seconds more")
                .isBetween(Duration.ofSeconds(11), Duration.ofSeconds(30));
        assertThat(folder.resolve("sign.untried")).doesNotExist();
    }

    @Test
    void whatWasToGoThroughOneThatWasNotBegunIsNoFailure() throws IOException {
        String failing = python("exit 3");

        assertThatThrownBy(() -> Group.builder()
                        .startParallelism(1)
                        .start(failing, "popen//id=host", "popen//via=host//id=behind"))
                .isInstanceOfSatisfying(
                        GroupStartException.class, e -> assertThat(e.failures()).containsOnlyKeys("gw0"))
                .hasMessageStartingWith("1 of 3 gateways did not start");
    }

    @Test
    void nothingIsStartedPastTheDeadline() throws IOException {
        Path sign = folder.resolve("sign");
        String signing = python("touch " + sign + "; exec sleep 100");
        try (Group group = Group.builder().build()) {
            assertThatThrownBy(() -> group.makeGateway(signing, Duration.ZERO))
                    .isInstanceOfSatisfying(
                            GatewayStartException.class,
                            e -> assertThat(e.stage()).isEqualTo(GatewayStartException.Stage.SPAWN))
                    .hasMessageContaining("there was no time left to start it");
        }
    }
}
