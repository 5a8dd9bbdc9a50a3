package execnet4j.bench.host;

import java.time.Duration;
import java.util.Map;

/** One thing that can be measured again and again. */
@FunctionalInterface
public interface Probe extends AutoCloseable {
    /**
     * Measures once.
     *
     * @param time for about how long, where it is not a matter of one event
     * @return figures by their names; a single one has the empty name
     * @throws Exception if it cannot be measured
     */
    Map<String, Double> sample(Duration time) throws Exception;

    /** Ends what was kept from one sample to the next. */
    @Override
    default void close() {}
}
