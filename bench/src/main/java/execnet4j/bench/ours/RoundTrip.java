package execnet4j.bench.ours;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.channel.Channel;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** One small value there and back, in microseconds. */
public final class RoundTrip implements Probe {
    private final Caller caller;
    private final Channel channel;

    /**
     * Begins with a worker.
     *
     * @param spec what kind
     * @param caller {@code platform} or {@code virtual}
     */
    public RoundTrip(String spec, String caller) {
        this.caller = Caller.valueOf(caller.toUpperCase(Locale.ROOT));
        channel = FarEnds.echo(Workers.of(spec, RoundTrip.class));
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        double seconds = caller.call(() -> Timed.perStep(time, () -> {
            channel.send(7);
            channel.receive();
        }));
        return Timed.figure(seconds * 1e6);
    }
}
