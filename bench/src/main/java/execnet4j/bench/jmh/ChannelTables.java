package execnet4j.bench.jmh;

import execnet4j.bench.ours.LoneEnd;
import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ConnectionSettings;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Opening a channel and closing it again, which puts it into the table, takes it out, and says so to the other side. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelTables {
    /** How many others are open meanwhile. */
    @Param({"0", "100000"})
    public int others;

    private final List<Channel> open = new ArrayList<>();
    private Connection connection = connection();

    /** Opens the others. */
    @Setup
    public void open() {
        connection = connection();
        connection.start();
        open.clear();
        for (int i = 0; i < others; i++) {
            open.add(connection.newChannel());
        }
    }

    private static Connection connection() {
        ConnectionSettings settings = new ConnectionSettings("bench", true, false, false, 0);
        return new Connection(new PacedInput(new byte[1]), OutputStream.nullOutputStream(), settings, new LoneEnd());
    }

    /** Opens one and closes it. */
    @Benchmark
    public void openAndClose() {
        connection.newChannel().close();
    }
}
