package execnet4j.bench.jmh;

import execnet4j.serial.Dump;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * Dumps and loads of collections. The values are those of {@code stock_codec.py}, which prints the same for stock execnet;
 * MB/s is the length of the dump over the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class CodecBenchmark {
    /** Which value: a list of 10,000 ints, a map of 1,000 texts to floats, or one of the others. */
    @Param({"ints", "text-to-float", "rows", "texts"})
    public String what = "";

    private @Nullable Object value;
    private byte[] dump = {};

    /** Makes the value and its dump. */
    @Setup
    public void make() {
        value = value(what);
        dump = Dump.dumps(value);
    }

    /** The value of a name. */
    static Object value(String what) {
        return switch (what) {
            case "ints" -> ints(10_000);
            case "text-to-float" -> textToFloat(1_000);
            case "rows" -> rows(1_000);
            case "texts" -> texts(1_000);
            default -> throw new IllegalArgumentException("no such value: " + what);
        };
    }

    private static List<Integer> ints(int count) {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(i);
        }
        return list;
    }

    private static Map<String, Double> textToFloat(int count) {
        Map<String, Double> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put("key-" + i, i * 1.1);
        }
        return map;
    }

    private static List<Object> rows(int count) {
        List<Object> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", "row " + i);
            row.put("number", i);
            row.put("share", i / 7.0);
            row.put("active", i % 3 == 0);
            rows.add(row);
        }
        return rows;
    }

    private static List<String> texts(int count) {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(i % 2 == 0 ? "plain text of some length, number " + i : "Straße Grüße naïve — " + i);
        }
        return list;
    }

    /**
     * Value to bytes.
     *
     * @return the dump
     */
    @Benchmark
    public byte[] dumps() {
        return Dump.dumps(value);
    }

    /**
     * Bytes to value.
     *
     * @return the value
     */
    @Benchmark
    public @Nullable Object loads() {
        return Dump.loads(dump);
    }
}
