package execnet4j.bench.jmh;

import execnet4j.serial.ChannelResolver;
import execnet4j.serial.ChannelScan;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.util.List;
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

/** What the serializer adds to each send and receive of a small value: written, looked through for channels, read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class SmallMessageBenchmark {
    /** Which value. */
    @Param({"int", "text", "bytes", "pair"})
    public String what = "";

    private @Nullable Object value;
    private byte[] payload = {};

    /** Makes the value and its payload. */
    @Setup
    public void make() {
        value = value(what);
        payload = write();
    }

    private static Object value(String what) {
        return switch (what) {
            case "int" -> 123_456;
            case "text" -> "a short text";
            case "bytes" -> new byte[20];
            case "pair" -> List.of("key", 5);
            default -> throw new IllegalArgumentException("no such value: " + what);
        };
    }

    /**
     * On each send.
     *
     * @return the payload
     */
    @Benchmark
    public byte[] write() {
        return ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.DEFAULT);
    }

    /**
     * On each frame that comes.
     *
     * @return the channels in it, none
     */
    @Benchmark
    public int[] scan() {
        return ChannelScan.channelIds(payload);
    }

    /**
     * On each receive.
     *
     * @return the value
     */
    @Benchmark
    public @Nullable Object read() {
        return ValueReader.read(payload, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }

    /**
     * All of it, once.
     *
     * @return the value
     */
    @Benchmark
    public @Nullable Object all() {
        byte[] written = ValueWriter.write(value, ChannelResolver.NONE, WriteOptions.DEFAULT);
        return ChannelScan.channelIds(written).length > 0
                ? null
                : ValueReader.read(written, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }
}
