package execnet4j.testing;

import execnet4j.concurrent.DaemonThreads;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves one of our threads or a child process behind. What was there before the test (a fixture of its
 * class) may stay, and so may a pool's thread without work. Registered for every test through {@code META-INF/services}.
 */
public final class Leaks implements BeforeEachCallback, AfterEachCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Leaks.class);

    private record Before(Set<Thread> threads, Set<ProcessHandle> children) {}

    /** Found by the service loader. */
    public Leaks() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        // The thread that it keeps in reserve stays for the life of the process.
        DaemonThreads.pool().execute(() -> {});
        Before before = new Before(
                busyThreads().collect(Collectors.toSet()),
                ProcessHandle.current().children().collect(Collectors.toSet()));
        context.getStore(OURS).put(Before.class, before);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Before before = context.getStore(OURS).get(Before.class, Before.class);
        if (before == null) {
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String left = left(before); !left.isEmpty(); left = left(before)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the test has left behind:\n" + left);
            }
            Thread.onSpinWait();
            awaitOne(before);
        }
    }

    /** Waits a moment for one of the threads to end; a pool's thread only falls idle. */
    private static void awaitOne(Before before) throws InterruptedException {
        Thread one = busyThreads()
                .filter(thread -> !before.threads().contains(thread))
                .findFirst()
                .orElse(null);
        if (one != null) {
            one.join(10);
        }
    }

    private static String left(Before before) {
        Stream<String> threads = busyThreads()
                .filter(thread -> !before.threads().contains(thread))
                .map(thread -> thread + " at "
                        + Stream.of(thread.getStackTrace())
                                .limit(8)
                                .map(String::valueOf)
                                .collect(Collectors.joining("\n    ")));
        Stream<String> children = ProcessHandle.current()
                .children()
                .filter(child -> child.isAlive() && !before.children().contains(child))
                .map(child -> "process " + child.pid() + " " + child.info());
        return Stream.concat(threads, children).collect(Collectors.joining("\n"));
    }

    private static Stream<Thread> busyThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("execnet4j-"))
                .filter(each -> each.getKey().isAlive() && !isIdle(each.getValue()))
                .map(each -> each.getKey());
    }

    private static boolean isIdle(StackTraceElement[] stack) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.util.concurrent.ThreadPoolExecutor")
                        && frame.getMethodName().equals("getTask"));
    }
}
