package execnet4j.serial;

import static execnet4j.serial.Values.map;
import static execnet4j.serial.Values.program;
import static execnet4j.serial.Values.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the quick way through plain elements ends, the stack machine goes on, and the result is what it always was. */
class PlainRunsTest {
    @Test
    void aListMayTurnFromPlainToNestedAndBack() {
        List<Object> value = new ArrayList<>(Arrays.asList(
                1,
                null,
                true,
                false,
                2.5,
                "text",
                new ArrayList<>(List.of(7)),
                8,
                map(1, "x", "y", null),
                9L << 40,
                10));
        assertThat(Values.roundTrip(value)).isEqualTo(value);
    }

    @Test
    void aMapMayTurnFromPlainToNestedAndBack() {
        Map<Object, Object> value =
                map("a", 1, 2, "b", "c", List.of(1), "d", map(), 1.5, 2, null, 3, "e", 9L << 40, "f", true);
        assertThat(Values.roundTrip(value)).isEqualTo(value);
        assertThat(String.valueOf(Values.roundTrip(value))).isEqualTo(value.toString());
    }

    @Test
    void indexesMayComeInAnyOrderAndAgain() {
        byte[] payload = program(
                'K', 4, 'F', 0, "LP", 'F', 3, 'F', 30, 'P', 'F', 1, 'F', 10, 'P', 'F', 0, 'F', 5, 'P', 'F', 1, 'F', 11,
                'P', 'Q');
        assertThat(read(payload)).isEqualTo(Arrays.asList(5, 11, null, 30));
        assertThat(read(program('K', 2, 'F', 1, 'F', 7, 'P', 'Q'))).isEqualTo(Arrays.asList(null, 7));
    }

    @Test
    void aListHasItsFullLengthWhateverComes() {
        assertThat(read(program('K', 3, 'F', 0, "RP", 'K', 0, '@', 2, 'N', 30, "x".repeat(30), '@', 2, 'Q')))
                .isEqualTo(Tuple.of(Tuple.of(Arrays.asList(true, null, null), List.of()), "x".repeat(30)));
    }

    @Test
    void ofEqualKeysTheLastValueStandsInTheFirstPlace() {
        Map<?, ?> read = (Map<?, ?>) read(program("JN", 1, "aLPN", 1, "bLPN", 1, "aRPQ"));
        assertThat(read).isEqualTo(map("a", true, "b", null));
        assertThat(String.valueOf(read)).isEqualTo("{a=true, b=null}");
    }

    @Test
    void textThatIsWantedAsBytesIsAKeyAsBytes() {
        byte[] payload = Values.write(map("a", 1, "b", "c"));
        Object read = ValueReader.read(payload, ChannelResolver.NONE, new ReadOptions(Limits.DEFAULT, true, true));
        assertThat(read).isInstanceOf(Map.class);
        assertThat(((Map<?, ?>) read).keySet().toArray()).containsExactly(Bytes.ofUtf8("a"), Bytes.ofUtf8("b"));
    }

    @Test
    void eachByteOfARunIsChecked() {
        byte[] list = program('K', 3, 'F', 0, 'N', 2, "abP", 'F', 1, 'D', 1, 2, 'P', 'F', 2, "LPQ");
        byte[] map = program("JN", 1, "aA", 2, "bcPF", 1, 'D', 1, 2, "PQ");
        for (byte[] payload : List.of(list, map)) {
            assertThat(read(payload)).isNotNull();
            for (int length = 0; length < payload.length; length++) {
                byte[] cut = Arrays.copyOf(payload, length);
                assertThatThrownBy(() -> read(cut)).isInstanceOf(LoadException.class);
            }
        }
        assertRefused("not valid UTF-8", 'K', 1, 'F', 0, 'N', 1, new byte[] {(byte) 0xff}, 'P', 'Q');
        assertRefused("not valid UTF-8", 'J', 'N', 1, new byte[] {(byte) 0xff}, "LPQ");
        assertRefused("negative", 'K', 1, 'F', 0, 'N', -1, 'P', 'Q');
        assertRefused("cut short", 'J', 'N', Integer.MAX_VALUE, "aLPQ");
        assertRefused("no index of a list of 1", 'K', 1, 'F', 0, "LP", 'F', 1, "LPQ");
    }

    @Test
    void entriesCountAgainstTheLimit() {
        ReadOptions options = new ReadOptions(new Limits(1, 4, 1_000, 20), true, false);
        byte[] enough = Values.write(map("a", 1, "b", 2));
        byte[] tooMany = Values.write(map("a", 1, "b", 2, "c", 3));
        assertThat(ValueReader.read(enough, ChannelResolver.NONE, options)).isEqualTo(map("a", 1, "b", 2));
        assertThatThrownBy(() -> ValueReader.read(tooMany, ChannelResolver.NONE, options))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("more than 4 elements");
    }

    private static void assertRefused(String part, Object... program) {
        assertThatThrownBy(() -> read(program(program)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(part);
    }
}
