package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.bench.bare.Numbers;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Floating-point numbers to a worker, in millions a second: as an array or as a list. */
public final class DoublesToPython implements Probe {
    private final Gateway gateway;
    private final Object numbers;

    /**
     * Begins with a worker.
     *
     * @param spec what kind
     * @param form {@code array} or {@code list}
     */
    public DoublesToPython(String spec, String form) {
        gateway = Workers.of(spec, DoublesToPython.class);
        double[] array = (double[]) Numbers.array("doubles");
        numbers = form.equals("array") ? array : Arrays.stream(array).boxed().toList();
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        long[] count = {0};
        double seconds = Timed.once(() -> {
            Channel channel = FarEnds.take(gateway);
            Timed.during(time, 1, () -> channel.send(numbers));
            channel.send(List.of());
            count[0] = Objects.requireNonNull(channel.receive(Integer.class));
        });
        return Timed.figure(count[0] * Numbers.COUNT / seconds / 1e6);
    }
}
