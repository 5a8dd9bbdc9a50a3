package execnet4j.bench.jmh;

import execnet4j.bench.ours.LoneEnd;
import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionSettings;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The whole receive path: bytes of many frames into values that {@code receive} returns, channel after channel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReceiveBenchmark {
    private static final int ITEMS = 1000;

    /** How many channels are open; the items are for each in turn. */
    @Param({"1", "100000"})
    public int channels;

    private Channel[] open = {};
    private PacedInput input = new PacedInput(new byte[0]);
    private int frameBytes;
    private int next;

    /** Opens the channels. */
    @Setup
    public void open() {
        byte[] payload = ValueWriter.write(7, ChannelResolver.NONE, WriteOptions.DEFAULT);
        frameBytes = Frame.HEADER_BYTES + payload.length;
        ByteBuffer bytes = ByteBuffer.allocate(channels * frameBytes);
        // A coordinator numbers its channels 1, 3, 5 …
        for (int id = 1; bytes.hasRemaining(); id += 2) {
            new Frame(FrameType.DATA, id, payload).encodeStart(bytes);
            bytes.put(payload);
        }
        input = new PacedInput(bytes.array());
        ConnectionSettings settings =
                new ConnectionSettings("bench", true, false, false, ConnectionSettings.MAX_BUDGET);
        Connection connection = new Connection(input, OutputStream.nullOutputStream(), settings, new LoneEnd());
        open = new Channel[channels];
        for (int i = 0; i < channels; i++) {
            open[i] = connection.newChannel();
        }
        connection.start();
    }

    /**
     * Receives some.
     *
     * @param blackhole takes each item
     */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void item(Blackhole blackhole) {
        input.release((long) ITEMS * frameBytes);
        for (int i = 0; i < ITEMS; i++) {
            blackhole.consume(open[next].receive());
            next = (next + 1) % channels;
        }
    }
}
