package execnet4j.bench.jmh;

import execnet4j.wire.Frame;
import execnet4j.wire.FrameReader;
import execnet4j.wire.FrameType;
import java.io.IOException;
import java.io.InputStream;
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

/** The first step of the receive path: bytes into frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameReaderBenchmark {
    private static final int FRAMES = 100;

    /** Bytes of each frame's payload. */
    @Param({"6", "1024", "65536"})
    public int payload;

    private FrameReader reader = new FrameReader(InputStream.nullInputStream());

    /** Lays the frames out one after another, without an end. */
    @Setup
    public void layOut() {
        Frame frame = new Frame(FrameType.DATA, 1, new byte[payload]);
        ByteBuffer bytes = ByteBuffer.allocate(FRAMES * frame.encodedLength());
        for (int i = 0; i < FRAMES; i++) {
            frame.encodeStart(bytes);
            bytes.put(frame.payload());
        }
        reader = new FrameReader(new EndlessInput(bytes.array()));
    }

    /**
     * Reads some.
     *
     * @param blackhole takes each frame
     * @throws IOException never, there is no device behind it
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void frame(Blackhole blackhole) throws IOException {
        for (int i = 0; i < FRAMES; i++) {
            blackhole.consume(reader.read());
        }
    }
}
