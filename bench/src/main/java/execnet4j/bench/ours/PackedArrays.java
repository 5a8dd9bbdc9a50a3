package execnet4j.bench.ours;

import execnet4j.bench.bare.Numbers;
import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Limits;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.time.Duration;
import java.util.Map;

/** Arrays of numbers in the packed form, in megabytes a second. It goes over channels alone, so this calls the kernel's own. */
public final class PackedArrays implements Probe {
    private static final WriteOptions PACKED = new WriteOptions(Limits.DEFAULT, false, true);

    private final Timed.Work work;
    private final int size;

    /**
     * Makes the array.
     *
     * @param kind {@code ints} or {@code doubles}
     * @param direction {@code write} or {@code read}
     */
    public PackedArrays(String kind, String direction) {
        Object array = Numbers.array(kind);
        byte[] bytes = ValueWriter.write(array, ChannelResolver.NONE, PACKED);
        size = bytes.length;
        work = direction.equals("write")
                ? () -> ValueWriter.write(array, ChannelResolver.NONE, PACKED)
                : () -> ValueReader.read(bytes, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        return Timed.figure(size / Timed.perStep(time, work) / 1e6);
    }
}
