package execnet4j.bench.ours;

import execnet4j.bench.bare.ChildJvm;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What flow control costs: values one way over the kernel's own connection between two JVMs, the same pipes and the same code,
 * with the extension on or off. No user can turn it off, so this is not the public API.
 */
public final class FlowControl implements Probe {
    private final Process process;
    private final Channel channel;
    private final Object value;
    private final double unit;
    private final int together;

    /**
     * Starts the other end.
     *
     * @param mode {@code on} or {@code off}
     * @param size of byte values, for megabytes a second; 0 for small numbers, in millions a second
     * @throws IOException if it cannot be started
     */
    public FlowControl(String mode, int size) throws IOException {
        process = ChildJvm.start(List.of(), FlowControlEnd.class, mode);
        Connection connection =
                FlowControlEnd.connection(process.getInputStream(), process.getOutputStream(), true, mode);
        connection.start();
        channel = connection.exec(new byte[0]);
        value = size == 0 ? 7 : new byte[size];
        unit = size == 0 ? 1 : size;
        together = size == 0 ? 64 : 1;
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        long[] count = {0};
        double seconds = Timed.once(() -> {
            Timed.during(time, together, () -> channel.send(value));
            channel.send(null);
            count[0] = Objects.requireNonNull(channel.receive(Integer.class));
        });
        return Timed.figure(count[0] * unit / seconds / 1e6);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
