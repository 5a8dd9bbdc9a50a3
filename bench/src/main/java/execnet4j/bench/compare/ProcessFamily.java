package execnet4j.bench.compare;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Every process that was started here, so that none is left however this ends. */
final class ProcessFamily {
    private static final long PATIENCE_SECONDS = 15;

    private final Set<Process> processes = ConcurrentHashMap.newKeySet();

    ProcessFamily() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "end of measured processes"));
    }

    void add(Process process) {
        processes.add(process);
    }

    /** Asks it to end by ending its input; kills it and what it has started if that takes too long. */
    void end(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        try {
            process.getOutputStream().close();
        } catch (java.io.IOException e) {
            process.destroy();
        }
        awaitOrKill(all);
        processes.remove(process);
    }

    private void endAll() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(each -> Stream.concat(Stream.of(each.toHandle()), each.descendants()))
                .toList();
        processes.forEach(Process::destroy);
        awaitOrKill(all);
    }

    private static void awaitOrKill(List<ProcessHandle> all) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                each.destroyForcibly();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                each.destroyForcibly();
            }
        }
    }
}
