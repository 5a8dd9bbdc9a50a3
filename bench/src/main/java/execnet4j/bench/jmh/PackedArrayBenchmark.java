package execnet4j.bench.jmh;

import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Limits;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

/** Arrays of numbers in the packed form, beside a loop by hand that makes the same bytes of them and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class PackedArrayBenchmark {
    private static final WriteOptions PACKED = new WriteOptions(Limits.DEFAULT, false, true);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    /** How many numbers. */
    @Param({"10", "1000", "1000000"})
    public int count;

    private int[] ints = {};
    private double[] doubles = {};
    private byte[] intPayload = {};
    private byte[] doublePayload = {};
    private byte[] intBytes = {};
    private byte[] doubleBytes = {};

    /** Makes the arrays and their bytes. */
    @Setup
    public void make() {
        ints = new int[count];
        doubles = new double[count];
        for (int i = 0; i < count; i++) {
            ints[i] = i * 31;
            doubles[i] = i * 1.1;
        }
        intPayload = writeInts();
        doublePayload = writeDoubles();
        intBytes = writeIntsByHand();
        doubleBytes = writeDoublesByHand();
    }

    /**
     * The serializer.
     *
     * @return the payload
     */
    @Benchmark
    public byte[] writeInts() {
        return ValueWriter.write(ints, ChannelResolver.NONE, PACKED);
    }

    /**
     * The serializer.
     *
     * @return the payload
     */
    @Benchmark
    public byte[] writeDoubles() {
        return ValueWriter.write(doubles, ChannelResolver.NONE, PACKED);
    }

    /**
     * The serializer.
     *
     * @return the array
     */
    @Benchmark
    public @Nullable Object readInts() {
        return ValueReader.read(intPayload, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }

    /**
     * The serializer.
     *
     * @return the array
     */
    @Benchmark
    public @Nullable Object readDoubles() {
        return ValueReader.read(doublePayload, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }

    /**
     * The loop.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] writeIntsByHand() {
        byte[] bytes = new byte[ints.length * Integer.BYTES];
        for (int i = 0; i < ints.length; i++) {
            INT.set(bytes, i * Integer.BYTES, ints[i]);
        }
        return bytes;
    }

    /**
     * The loop.
     *
     * @return the bytes
     */
    @Benchmark
    public byte[] writeDoublesByHand() {
        byte[] bytes = new byte[doubles.length * Double.BYTES];
        for (int i = 0; i < doubles.length; i++) {
            DOUBLE.set(bytes, i * Double.BYTES, doubles[i]);
        }
        return bytes;
    }

    /**
     * The loop.
     *
     * @return the array
     */
    @Benchmark
    public int[] readIntsByHand() {
        int[] array = new int[intBytes.length / Integer.BYTES];
        for (int i = 0; i < array.length; i++) {
            array[i] = (int) INT.get(intBytes, i * Integer.BYTES);
        }
        return array;
    }

    /**
     * The loop.
     *
     * @return the array
     */
    @Benchmark
    public double[] readDoublesByHand() {
        double[] array = new double[doubleBytes.length / Double.BYTES];
        for (int i = 0; i < array.length; i++) {
            array[i] = (double) DOUBLE.get(doubleBytes, i * Double.BYTES);
        }
        return array;
    }
}
