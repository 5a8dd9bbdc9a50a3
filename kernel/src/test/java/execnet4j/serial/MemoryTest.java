package execnet4j.serial;

import static execnet4j.serial.Values.program;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import execnet4j.error.LoadException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reader allocates is bounded by the length of its input, whatever that says. */
class MemoryTest {
    private static final int LENGTH = 1_000_000;

    /** Of allocation in all, garbage included, for a byte of input. */
    private static final int MOST_PER_BYTE = 200;

    static Object[][] hostile() {
        return new Object[][] {
            {"maps", program('J')},
            {"maps with an entry", program("JLLP")},
            {"nulls", program('L')},
            {"empty lists", program('K', 0)},
            {"lists that claim much", program('K', LENGTH / 8)},
            {"lists that claim a little", program('K', 1)},
            {"empty sets", program('O', 0)},
            {"sets of one", program("L", 'O', 1)},
            {"frozen sets in one another", program('E', 1)},
            {"tuples in one another", program('@', 1)},
            {"short texts", program('N', 1, "a")},
            {"integers", program('F', 1_000_000)},
            {"long integers", program('H', 12, "123456789012")},
            {"empty arrays", program('d', 0)},
            {"arrays that claim much", program('d', LENGTH / 8)},
            {"replaced text", program('N', 3, "\ufffd")},
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void allocationIsBoundedByTheInput(String name, byte[] part) {
        byte[] input = new byte[LENGTH];
        input[0] = Opcode.NONE;
        for (int at = 1; at + part.length < LENGTH; at += part.length) {
            System.arraycopy(part, 0, input, at, part.length);
        }
        input[LENGTH - 1] = Opcode.STOP;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Values.read(input);
        } catch (LoadException e) {
            // what these are
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / LENGTH).as(name).isLessThan(MOST_PER_BYTE);
    }
}
