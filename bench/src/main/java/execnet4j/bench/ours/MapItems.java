package execnet4j.bench.ours;

import execnet4j.Group;
import execnet4j.bench.host.Probe;
import execnet4j.pool.TaskPool;
import execnet4j.pool.TaskResults;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Items of one millisecond each, given to workers by a pool: how much of the time the workers were at work, in percent. */
public final class MapItems implements Probe {
    private static final long MILLISECOND = 1_000_000;

    private final int workers;
    private final Group group;

    /**
     * Starts workers.
     *
     * @param workers how many
     */
    public MapItems(int workers) {
        this.workers = workers;
        group = Group.start(workers + "*popen");
    }

    @Override
    public Map<String, Double> sample(Duration time) {
        long busy = 0;
        long begin = System.nanoTime();
        try (TaskResults<Number> results = TaskPool.of(group)
                .map(
                        (Integer item) -> work(),
                        IntStream.range(0, items(time) * workers).iterator())) {
            while (results.hasNext()) {
                busy += Objects.requireNonNull(results.next().value()).longValue();
            }
        }
        return Map.of("", 100.0 * busy / (System.nanoTime() - begin) / workers);
    }

    /** For each worker: enough that the beginning and the end of a map are small against it, a thousand at most. */
    private static int items(Duration time) {
        return (int) Math.min(1000, 5 * time.toMillis());
    }

    /** Keeps a processor for a millisecond; how long it was in truth. */
    private static Number work() {
        long begin = System.nanoTime();
        long took = 0;
        while (took < MILLISECOND) {
            Thread.onSpinWait();
            took = System.nanoTime() - begin;
        }
        return took;
    }

    @Override
    public void close() {
        group.close();
    }
}
