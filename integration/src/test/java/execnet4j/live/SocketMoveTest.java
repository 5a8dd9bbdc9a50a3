package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A local JVM worker starts on pipes and goes on over a socket when there is much to say. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "it looks into /proc")
class SocketMoveTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void aWorkerThatIsTalkedToMuchGoesOnOverASocketAndOneThatRunsATaskDoesNot() {
        try (Group group = Group.start("2*popen")) {
            Gateway busy = group.get(0);
            Gateway quiet = group.get(1);
            quiet.remoteExec(task -> task.send(7)).receive(LONG);

            Channel channel = busy.remoteExec(task -> task.forEach(task::send));
            for (int i = 0; i < 100; i++) {
                channel.send(i);
                assertThat(channel.receive(int.class, LONG)).isEqualTo(i);
            }
            await().atMost(LONG).until(() -> hasSocket(busy));
            byte[] large = new byte[1 << 23];
            large[1 << 22] = 1;
            channel.send(large);
            assertThat(channel.receive(byte[].class, LONG)).isEqualTo(large);

            assertThat(hasSocket(quiet)).isFalse();
            assertThat(group.terminate(LONG).allGraceful()).isTrue();
        }
    }

    private static boolean hasSocket(Gateway gateway) {
        Path descriptors = Path.of("/proc", Long.toString(gateway.remoteInfo().pid()), "fd");
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.anyMatch(SocketMoveTest::isSocket);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }
}
