package execnet4j.bench.ours;

import com.sun.management.ThreadMXBean;
import execnet4j.Execnet;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** The serializer, in megabytes of encoded values a second, with the bytes allocated for each value. */
public final class Dumps implements Probe {
    private final Timed.Work work;
    private final int size;

    private Dumps(Timed.Work work, int size) {
        this.work = work;
        this.size = size;
    }

    /**
     * Values into bytes.
     *
     * @param name {@code ints} for a list of 10,000, {@code floats} for a map of 1,000 from text
     * @return the probe
     */
    public static Probe dumps(String name) {
        Object value = value(name);
        return new Dumps(() -> Execnet.dumps(value), Execnet.dumps(value).length);
    }

    /**
     * Bytes into values.
     *
     * @param name as for {@link #dumps}
     * @return the probe
     */
    public static Probe loads(String name) {
        byte[] dump = Execnet.dumps(value(name));
        return new Dumps(() -> Execnet.loads(dump), dump.length);
    }

    private static Object value(String name) {
        if (name.equals("ints")) {
            return IntStream.range(0, 10_000).boxed().toList();
        }
        Map<String, Double> floats = new LinkedHashMap<>();
        IntStream.range(0, 1000).forEach(i -> floats.put("key " + i, i / 3.0));
        return floats;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        double seconds = Timed.perStep(time, work);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        double allocated = threads.getCurrentThreadAllocatedBytes() - before;
        return Map.of("rate", size / seconds / 1e6, "allocated", allocated, "size", (double) size);
    }
}
