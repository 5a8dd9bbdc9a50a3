package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a process, an open channel of a shared worker or a temporary file behind. Registered for every
 * test of this module through {@code META-INF/services}.
 */
public final class LeftBehind implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(LeftBehind.class);

    private record Before(Set<Long> processes, Set<Path> files, int channels) {}

    /** Found by the service loader. */
    public LeftBehind() {}

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        context.getStore(OURS)
                .put(
                        Before.class,
                        new Before(processes().collect(Collectors.toSet()), files(), Workers.openChannels()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Before before = context.getStore(OURS).get(Before.class, Before.class);
        if (before != null) {
            Awaitility.await("the test leaves nothing behind")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(left(before)).isEmpty());
        }
    }

    private static List<String> left(Before before) throws IOException {
        List<String> left = new ArrayList<>();
        processes()
                .filter(pid -> !before.processes().contains(pid) && !Workers.isShared(pid))
                .forEach(pid ->
                        left.add("process " + pid + " " + ProcessHandle.of(pid).map(ProcessHandle::info)));
        files().stream().filter(file -> !before.files().contains(file)).forEach(file -> left.add("file " + file));
        // What an earlier test left was its failure alone.
        int channels = Workers.openChannels() - before.channels();
        if (channels > 0) {
            left.add(channels + " open channels of shared workers");
        }
        return left;
    }

    private static Stream<Long> processes() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::pid)
                .filter(pid -> !Processes.isGone(pid))
                .toList()
                .stream();
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String ownTrace = "execnet4j-debug-" + ProcessHandle.current().pid();
            return files.filter(file -> file.getFileName().toString().startsWith("execnet4j"))
                    .filter(file -> !file.getFileName().toString().equals(ownTrace))
                    .collect(Collectors.toSet());
        }
    }
}
