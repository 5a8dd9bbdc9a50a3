package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.channel.RemoteFunction;
import execnet4j.protocol.TaskOrder;
import execnet4j.serial.ChannelResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentClassesTest {
    private final FarSide worker = new FarSide();

    @TempDir
    private Path directory;

    private PreparedTask task(int captured) {
        return worker.shipper.function(item -> captured, FarSide.RELEASE);
    }

    private static TaskOrder order(SentClasses sent, PreparedTask task, boolean send) {
        SentClasses.Order order = sent.order(task, ChannelResolver.NONE);
        if (send) {
            order.sent();
        }
        return TaskOrder.fromPayload(order.payload(), ChannelResolver.NONE);
    }

    @Test
    void codeIsSentOnceToEachWorker() {
        SentClasses sent = new SentClasses();

        assertThat(order(sent, task(1), true).code()).hasSize(1);
        assertThat(order(sent, task(2), true).code()).isEmpty();
        assertThat(order(sent, task(2), true).classes()).hasSize(1);
        assertThat(order(new SentClasses(), task(3), true).code()).hasSize(1);
    }

    @Test
    void codeThatWasNotSentAfterAllIsSentLater() {
        SentClasses sent = new SentClasses();

        assertThat(order(sent, task(1), false).code()).hasSize(1);
        assertThat(order(sent, task(1), true).code()).hasSize(1);
    }

    @Test
    void theSameLambdaIsLookedIntoOnce() {
        assertThat(task(1).kept()).isSameAs(task(2).kept());
    }

    @Test
    void staticsPersistBetweenEqualClosures() throws Exception {
        RemoteFunction<Object, Object> next = item -> Counter.next();

        assertThat(List.of(worker.apply(next, null), worker.apply(next, null))).isEqualTo(List.of(1, 2));
        assertThat(worker.apply(item -> Counter.next() + 1, null)).isEqualTo(4);
    }

    @Test
    @DisplayName("a class that was changed and loaded anew goes in its new form")
    void changedClassesAreSentAnew() throws Exception {
        assertThat(List.of(answerOf("return 1;"), answerOf("return 2;"))).isEqualTo(List.of(1, 2));
    }

    private Object answerOf(String body) throws Exception {
        String text = "public class Changing implements execnet4j.channel.RemoteFunction<Object, Object> {"
                + " public Object apply(Object item) { " + body + " } }";
        Map<String, byte[]> compiled =
                new SourceCompiler(List::of).compile(JavaSource.ofFile("Changing", "Changing.java", text), 17);
        for (Map.Entry<String, byte[]> each : compiled.entrySet()) {
            Files.write(directory.resolve(each.getKey() + ".class"), each.getValue());
        }
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            RemoteFunction<?, ?> function = (RemoteFunction<?, ?>)
                    loader.loadClass("Changing").getDeclaredConstructor().newInstance();
            return Objects.requireNonNull(worker.apply(function, null));
        }
    }
}
