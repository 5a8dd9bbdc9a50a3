package execnet4j.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import execnet4j.error.DumpException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ByteSinkTest {
    /** Objects beside the arrays that matter. */
    private static final long SMALL_CHANGE = 2_000;

    private static long allocated(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        action.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    @DisplayName("a large byte value or packed array is copied once, into an array of just its size, dumped or sent")
    void oneCopyOfALargePiece() {
        int length = 1 << 20;
        byte[] bytes = new byte[length];
        double[] doubles = new double[length / Double.BYTES];
        for (Runnable write : List.<Runnable>of(
                () -> Values.write(bytes),
                () -> Values.write(doubles),
                () -> Dump.dumps(bytes),
                () -> Dump.dumps(doubles, Values.PACKED))) {
            assertThat(allocated(write)).isBetween((long) length, length + SMALL_CHANGE);
        }
        byte[] payload = Values.write(bytes);
        byte[] packed = Values.write(doubles);
        assertThat(allocated(() -> Values.read(payload))).isBetween((long) length, length + SMALL_CHANGE);
        assertThat(allocated(() -> Values.read(packed))).isBetween((long) length, length + SMALL_CHANGE);
    }

    @Test
    @DisplayName("what grows bit by bit makes little garbage once something of its size was written")
    void littleGarbage() {
        List<Integer> list = Collections.nCopies(5_000, 1);
        int length = Values.write(list).length;
        assertThat(allocated(() -> Values.write(list))).isBetween((long) length, length + SMALL_CHANGE);
    }

    @Test
    @DisplayName("the limit holds in an array that is longer than it")
    void limitWithinALongArray() {
        Values.write(Collections.nCopies(10_000, 1));
        Limits limits = new Limits(2, 1_000, 1_000, 20);
        assertThatThrownBy(() -> ValueWriter.write(
                        Collections.nCopies(100, 1), ChannelResolver.NONE, new WriteOptions(limits, false, false)))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("more than 1000 bytes");
    }

    @Test
    @DisplayName("values written by several threads at once do not mix")
    void threadsDoNotMix() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        List<Integer> list = Collections.nCopies(300 * (thread + 1), thread);
                        byte[] expected = Values.write(list);
                        return IntStream.range(0, 2_000).allMatch(i -> Arrays.equals(Values.write(list), expected));
                    })
                    .toList();
            for (Future<Boolean> each : threads.invokeAll(tasks)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
