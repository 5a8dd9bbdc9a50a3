package execnet4j.bench.compare;

import java.time.Duration;
import java.util.Map;

/** What answers requests with figures. */
interface Host extends AutoCloseable {
    /**
     * Measures once.
     *
     * @throws MeasurementException if it cannot be measured
     */
    Map<String, Double> ask(String request, Duration sample) throws MeasurementException, InterruptedException;

    /** Ends its processes and waits for that. */
    @Override
    void close();
}
