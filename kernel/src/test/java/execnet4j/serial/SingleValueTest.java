package execnet4j.serial;

import static execnet4j.serial.Values.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.DumpException;
import execnet4j.error.LoadException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One value alone is written and read in a way of its own; nobody may see that. */
class SingleValueTest {
    /** In a list of one: NEWLIST and its length, INT and the index. */
    private static final int BEFORE_ELEMENT = 10;

    private static final int AFTER_ELEMENT = 2;

    static @Nullable Object[] values() {
        return new @Nullable Object[] {
            0,
            -1,
            Integer.MIN_VALUE,
            1.5,
            Double.NaN,
            "",
            "text",
            "Stra\u00dfe",
            "\ud83d\ude00",
            new byte[0],
            new byte[100],
            null,
            true,
            1L << 40,
            new int[] {1, 2, 3},
            new double[0],
            new double[] {1.5},
            new long[] {-1, 1},
            new float[] {2.5f}
        };
    }

    @ParameterizedTest
    @MethodSource("values")
    void aloneAValueHasTheBytesThatItHasInAList(@Nullable Object value) {
        byte[] alone = Values.write(value);
        byte[] listed = Values.write(Arrays.asList(value));

        assertThat(alone[alone.length - 1]).isEqualTo(Opcode.STOP);
        assertThat(Arrays.copyOf(alone, alone.length - 1))
                .isEqualTo(Arrays.copyOfRange(listed, BEFORE_ELEMENT, listed.length - AFTER_ELEMENT));
        assertThat(Values.read(alone)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void itMayBeJustAsLongAsTheLimitAndNoLonger(@Nullable Object value) {
        int length = Values.write(value).length;
        Limits enough = new Limits(1, 0, length, 20);
        byte[] payload = ValueWriter.write(value, ChannelResolver.NONE, new WriteOptions(enough, false, true));
        assertThat(ValueReader.read(payload, ChannelResolver.NONE, new ReadOptions(enough, true, false)))
                .isEqualTo(value);
        if (length > 2) {
            Limits tooFew = new Limits(1, 0, length - 1, 20);
            assertThatThrownBy(
                            () -> ValueWriter.write(value, ChannelResolver.NONE, new WriteOptions(tooFew, false, true)))
                    .isInstanceOf(DumpException.class)
                    .hasMessageContaining("more than " + (length - 1) + " bytes");
            assertThatThrownBy(
                            () -> ValueReader.read(payload, ChannelResolver.NONE, new ReadOptions(tooFew, true, false)))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("the limit is " + (length - 1));
        }
    }

    @Test
    void textThatIsWantedAsBytesComesAsBytes() {
        ReadOptions options = new ReadOptions(Limits.DEFAULT, true, true);
        assertThat(ValueReader.read(Values.write("\u00fc"), ChannelResolver.NONE, options))
                .isEqualTo("\u00fc".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNotWholeIsRefusedAsElsewhere() {
        for (byte[] broken : List.of(
                program('F', 1),
                program('F', 1, 'L'),
                program('F', 1, 'Q', 'Q'),
                program('N', 1, "ab", 'Q'),
                program('N', 3, "ab", 'Q'),
                program('N', -1, 'Q'),
                program('A', Integer.MAX_VALUE, 'Q'),
                program('A', 0x80000000, 'Q'),
                program('D', 1, 'Q'),
                program('i', 2, 1, 'Q'),
                program('q', 0x20000000, 1, 'Q'),
                program('d', -1, 'Q'),
                program('N', 1, new byte[] {(byte) 0xff}, 'Q'),
                program('Q'),
                new byte[0])) {
            assertThatThrownBy(() -> Values.read(broken))
                    .as(Arrays.toString(broken))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("at byte");
        }
    }
}
