package execnet4j.bench.ours;

import execnet4j.Group;
import execnet4j.bench.bare.Computation;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A long computation in a worker, in milliseconds. */
public final class WorkerComputation implements Probe {
    private final Group group = Group.start("popen");

    @Override
    public Map<String, Double> sample(Duration time) {
        return Timed.figure(Objects.requireNonNull(group.get(0)
                .remoteExec(channel -> channel.send(Computation.millis()))
                .receive(Double.class)));
    }

    @Override
    public void close() {
        group.close();
    }
}
