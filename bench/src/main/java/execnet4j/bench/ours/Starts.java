package execnet4j.bench.ours;

import execnet4j.Group;
import execnet4j.bench.host.Probe;
import java.time.Duration;
import java.util.Map;

/** From nothing to live workers, and to a task's answer from each, in milliseconds. */
public final class Starts implements Probe {
    private final String spec;

    /**
     * Starts nothing yet.
     *
     * @param spec what kind of worker
     * @param count how many side by side
     */
    public Starts(String spec, int count) {
        this.spec = count + "*" + spec;
    }

    @Override
    public Map<String, Double> sample(Duration time) {
        long begin = System.nanoTime();
        try (Group group = Group.start(spec)) {
            double live = (System.nanoTime() - begin) / 1e6;
            group.remoteExec(channel -> channel.send(7)).receiveEach();
            return Map.of("live", live, "answered", (System.nanoTime() - begin) / 1e6);
        }
    }
}
