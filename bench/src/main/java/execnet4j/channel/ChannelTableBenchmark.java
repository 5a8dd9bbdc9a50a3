package execnet4j.channel;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** The table of a connection's channels when it is small and when it is large. In this package because nothing of it is public. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class ChannelTableBenchmark {
    private static final ConnectionSettings SETTINGS = new ConnectionSettings("gw0", true, true, false, 1 << 20);

    /** How many channels are open. */
    @Param({"1", "100000"})
    public int channels;

    private final ChannelTable table = new ChannelTable(
            new Connection(InputStream.nullInputStream(), OutputStream.nullOutputStream(), SETTINGS, new NoHost()),
            SETTINGS);

    /** All ids, in no order. */
    private int[] ids = {};

    private int turn;

    /** Opens the channels. */
    @Setup
    public void open() {
        ids = IntStream.range(0, channels)
                .map(i -> table.open().id())
                .boxed()
                .collect(Collectors.collectingAndThen(Collectors.toList(), list -> {
                    Collections.shuffle(list, new Random(1));
                    return list;
                }))
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * What each frame for a channel does first.
     *
     * @return a channel, each time another
     */
    @Benchmark
    public @Nullable Channel find() {
        turn = turn + 1 < ids.length ? turn + 1 : 0;
        return table.get(ids[turn]);
    }

    /** Opens one more channel and forgets it. */
    @Benchmark
    public void openAndRemove() {
        table.remove(table.open());
    }

    /** Is never asked for anything: the connection is not started. */
    private static final class NoHost implements ConnectionHost {
        @Override
        public Endpoint endpoint() {
            throw new IllegalStateException();
        }

        @Override
        public void exec(Channel channel, byte[] payload) {}

        @Override
        public Map<String, Object> status() {
            return Map.of();
        }

        @Override
        public void terminate() {}

        @Override
        public boolean extension(byte type, int id, byte[] payload) {
            return false;
        }

        @Override
        public Loss diagnose(String reason, @Nullable Throwable cause) {
            throw new IllegalStateException(reason, cause);
        }

        @Override
        public void ended(Loss loss) {}
    }
}
