package execnet4j.bench.ours;

import execnet4j.Group;
import execnet4j.bench.host.Probe;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What a worker that has answered once and waits takes, in megabytes. */
public final class WorkerMemory implements Probe {
    private final String spec;

    /**
     * Starts nothing yet.
     *
     * @param spec what kind of worker
     */
    public WorkerMemory(String spec) {
        this.spec = spec;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws IOException {
        try (Group group = Group.start(spec)) {
            group.remoteExec(channel -> channel.send(7)).receiveEach();
            long pid = group.get(0).remoteInfo().pid();
            return Map.of("own", ProcessMemory.own(pid), "resident", ProcessMemory.resident(pid));
        }
    }
}
