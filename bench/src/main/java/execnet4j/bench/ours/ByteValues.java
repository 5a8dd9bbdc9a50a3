package execnet4j.bench.ours;

import execnet4j.Gateway;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.channel.Channel;
import java.util.Objects;

/** Byte values of one size one way, in megabytes a second. */
public final class ByteValues {
    private ByteValues() {}

    /**
     * To the worker; the time ends when it has said how many it got.
     *
     * @param spec what kind of worker
     * @param size of each value, in bytes
     * @return the probe
     */
    public static Probe there(String spec, int size) {
        Gateway gateway = Workers.of(spec, ByteValues.class);
        byte[] value = new byte[size];
        return time -> {
            long[] count = {0};
            double seconds = Timed.once(() -> {
                Channel channel = FarEnds.take(gateway);
                Timed.during(time, 1, () -> channel.send(value));
                channel.send(new byte[0]);
                count[0] = Objects.requireNonNull(channel.receive(Integer.class));
            });
            return Timed.figure(count[0] * size / seconds / 1e6);
        };
    }

    /**
     * From the worker.
     *
     * @param spec what kind of worker
     * @param size of each value, in bytes
     * @return the probe
     */
    public static Probe back(String spec, int size) {
        Gateway gateway = Workers.of(spec, ByteValues.class);
        return time -> {
            long[] count = {0};
            double seconds = Timed.once(() -> {
                Channel channel = FarEnds.giveBytes(gateway, size, time);
                while (((byte[]) Objects.requireNonNull(channel.receive())).length > 0) {
                    count[0]++;
                }
            });
            return Timed.figure(count[0] * size / seconds / 1e6);
        };
    }
}
