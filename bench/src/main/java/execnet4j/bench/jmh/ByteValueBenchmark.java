package execnet4j.bench.jmh;

import execnet4j.serial.ChannelResolver;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Large byte values, beside one plain copy of the same bytes: more than one either way would show, also as garbage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class ByteValueBenchmark {
    /** How many bytes. */
    @Param({"65536", "1048576", "67108864"})
    public int length;

    private byte[] value = {};
    private byte[] payload = {};

    /** Makes the value. */
    @Setup
    public void make() {
        value = new byte[length];
        payload = write();
    }

    /**
     * The serializer.
     *
     * @return the payload
     */
    @Benchmark
    public byte[] write() {
        return ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.DEFAULT);
    }

    /**
     * The serializer.
     *
     * @return the value
     */
    @Benchmark
    public @Nullable Object read() {
        return ValueReader.read(payload, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }

    /**
     * A copy.
     *
     * @return the copy
     */
    @Benchmark
    public byte[] copy() {
        return value.clone();
    }
}
