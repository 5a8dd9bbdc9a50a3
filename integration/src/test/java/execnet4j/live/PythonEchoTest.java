package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Program;
import execnet4j.channel.Channel;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Random values keep their kinds on the way Java, Python, Java and on the way Python, Java, Python. */
class PythonEchoTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ROUND = 50;

    private static @Nullable Channel shared;

    @BeforeContainer
    static void start() {
        shared = Workers.sharedPython().remoteExec("for item in channel: channel.send(item)");
    }

    @AfterContainer
    static void stop() {
        echo().close();
    }

    private static Channel echo() {
        if (shared == null) {
            throw new AssertionError("not started");
        }
        return shared;
    }

    @Property(tries = 3_000)
    void fromJavaToPythonAndBack(@ForAll long seed) {
        Object value = new AnyValue(new Random(seed)).next();
        echo().send(value);
        assertThat(Form.of(echo().receive(SOON))).isEqualTo(Form.of(value));
    }

    @Property(tries = 30)
    void fromPythonToJavaAndBack(@ForAll int seed) throws URISyntaxException {
        URL resource = PythonEchoTest.class.getResource("/tasks/echoed.py");
        if (resource == null) {
            throw new AssertionError("echoed.py is missing");
        }
        Program program = Program.of(Path.of(resource.toURI())).call("check", Map.of("seed", seed, "count", ROUND));
        Channel channel = Workers.sharedPython().remoteExec(program);
        int received = 0;
        for (Object item : channel) {
            channel.send(item);
            received++;
        }
        channel.waitClose(SOON);
        assertThat(received).isEqualTo(ROUND);
    }
}
