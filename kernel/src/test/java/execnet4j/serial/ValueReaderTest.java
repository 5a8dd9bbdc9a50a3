package execnet4j.serial;

import static execnet4j.serial.Values.program;
import static execnet4j.serial.Values.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.LoadException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueReaderTest {
    private static void assertRefused(String reason, Object... parts) {
        assertRefused(Limits.DEFAULT, reason, parts);
    }

    private static void assertRefused(Limits limits, String reason, Object... parts) {
        byte[] payload = program(parts);
        assertThatThrownBy(() -> ValueReader.read(payload, ChannelResolver.NONE, new ReadOptions(limits, true, false)))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void whatIsCutShortAnywhereIsRefused() {
        byte[] whole = Values.write(Tuple.of(1, "text", 2.5, new byte[3], new Complex(1, 2), 1L << 40, Tuple.of(1)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .isInstanceOf(LoadException.class)
                    .hasMessageContaining("cut short");
        }
    }

    @Test
    void theOffsetIsNamed() {
        assertRefused("at byte 5: unknown opcode 0x5a", 'F', 1, 'Z', 'Q');
    }

    @Test
    void bytesAfterTheValueAreRefused() {
        assertRefused("2 bytes follow the value", 'L', 'Q', 'L', 'Q');
    }

    @Test
    void stopNeedsExactlyOneValue() {
        assertRefused("STOP with 0 values", 'Q');
        assertRefused("STOP with 2 values", 'L', 'L', 'Q');
    }

    @Test
    void aLengthBeyondTheDataIsRefusedBeforeAnythingIsAllocated() {
        for (char opcode : "AMNSHI".toCharArray()) {
            assertRefused("announced", opcode, Integer.MAX_VALUE, 'Q');
            assertRefused("negative", opcode, -1, 'Q');
        }
    }

    @Test
    void aCountBeyondTheDataIsRefusedBeforeAnythingIsAllocated() {
        for (char opcode : "@EOK".toCharArray()) {
            assertRefused("announced", opcode, Integer.MAX_VALUE, 'Q');
            assertRefused("negative", opcode, Integer.MIN_VALUE, 'Q');
        }
        assertRefused("2 values are announced, 1 are on the stack", 'L', '@', 2, 'Q');
    }

    @Test
    void manyListsCannotEachClaimTheWholeRest() {
        byte[] filler = new byte[7_000];
        assertRefused("more than the data can hold", 'K', 600, 'K', 600, 'A', filler.length, filler, 'Q');
    }

    @Test
    void aListWithHolesHasNulls() {
        assertThat(read(program('K', 2, 'F', 1, 'N', 5, "value", 'P', 'Q'))).isEqualTo(Arrays.asList(null, "value"));
    }

    @Test
    void setItemNeedsAContainerAndAnIndexInRange() {
        assertRefused("SETITEM with 2 values", 'L', 'L', 'P', 'Q');
        assertRefused("neither list nor map", 'L', 'L', 'L', 'P', 'Q');
        assertRefused("neither list nor map", '@', 0, 'F', 0, 'L', 'P', 'Q');
        for (int index : new int[] {-1, 1, Integer.MAX_VALUE}) {
            assertRefused("no index of a list of 1", 'K', 1, 'F', index, 'L', 'P', 'Q');
        }
        assertRefused("no index of a list of 1", 'K', 1, 'R', 'N', 8, "filler..", 'P', 'Q');
    }

    @Test
    void whatCannotBeHashedIsNoKeyAndNoElement() {
        assertRefused("a list as key", 'J', 'K', 0, 'L', 'P', 'Q');
        assertRefused("a map as key", 'J', 'J', '@', 1, 'L', 'P', 'Q');
        assertRefused("a set as key", 'O', 0, 'O', 1, 'Q');
        assertRefused("a list as key", 'K', 0, '@', 1, '@', 1, 'E', 1, 'Q');
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", " 1", "1 ", "1_0", "01", "-0", "00", "1L", "0x1", "1.0", "\u0661"})
    void onlyPlainDecimalDigitsAreAnInteger(String text) {
        int length = program(text).length;
        assertRefused("plain decimal digits", 'H', length, text, 'Q');
    }

    @Test
    void invalidUtf8IsRefused() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0x80},
            {(byte) 0xC3},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {'a', (byte) 0xFF}
        }) {
            assertRefused("not valid UTF-8", 'N', bytes.length, bytes, 'Q');
            assertRefused("not valid UTF-8", 'S', bytes.length, bytes, 'Q');
        }
    }

    @Test
    void limitsHold() {
        Limits limits = new Limits(3, 6, 40, 20);
        assertRefused(limits, "more than 3 deep", 'L', '@', 1, '@', 1, '@', 1, '@', 1, 'Q');
        assertRefused(limits, "more than 3 deep", 'J', 'L', 'J', 'L', 'J', 'L', 'J', 'P', 'P', 'P', 'Q');
        assertRefused(limits, "more than 6 elements", 'L', 'L', 'L', '@', 3, 'L', 'L', 'L', '@', 4, 'Q');
        assertRefused(
                limits,
                "more than 6 elements",
                'J',
                'R',
                'L',
                'P',
                'C',
                'L',
                'P',
                'F',
                2,
                'L',
                'P',
                'F',
                1,
                'L',
                'P',
                'Q');
        assertRefused(limits, "the limit is 40", "x".repeat(41));
        assertRefused(limits, "21 digits, the limit is 20", 'H', 22, "-" + "1".repeat(21), 'Q');
    }

    @Test
    void whatIsJustWithinTheLimitsComes() {
        ReadOptions options = new ReadOptions(new Limits(2, 2, 36, 20), true, false);
        byte[] payload = program('H', 20, "1".repeat(20), '@', 1, '@', 1, 'Q');
        assertThat(payload).hasSize(36);
        assertThat(ValueReader.read(payload, ChannelResolver.NONE, options))
                .isEqualTo(Tuple.of(Tuple.of(new BigInteger("1".repeat(20)))));
    }

    @Test
    void keysMadeToCollideAreRefusedBeforeTheyTakeLong() {
        ByteBuffer set = ByteBuffer.allocate(20_000 * 17 + 6);
        ByteBuffer map = ByteBuffer.allocate(20_000 * 19 + 2);
        map.put(Opcode.NEWDICT);
        for (long i = 0; i < 20_000; i++) {
            long sameHash = i << 32 | i;
            set.put(Opcode.COMPLEX).putLong(sameHash).putLong(0);
            map.put(Opcode.COMPLEX)
                    .putLong(sameHash)
                    .putLong(0)
                    .put(Opcode.NONE)
                    .put(Opcode.SETITEM);
        }
        assertRefused(
                "share one hash code",
                set.put(Opcode.SET).putInt(20_000).put(Opcode.STOP).array());
        assertRefused("share one hash code", map.put(Opcode.STOP).array());
    }

    @Test
    void manyKeysThatDoNotCollideCome() {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < 5_000; i++) {
            map.put(Tuple.of(i, "text"), i);
            map.put(String.valueOf(i), i);
        }
        assertThat(read(Values.write(map))).isEqualTo(map);
        assertThat(read(Values.write(map.keySet()))).isEqualTo(map.keySet());
    }

    @ParameterizedTest
    @CsvSource({"500, 512", "1000, 1024"})
    void theDeepestValueCanBeComparedHashedAndPrinted(int depth, int kilobytesOfStack) throws Exception {
        Limits limits = new Limits(depth, 10_000, 100_000, 20);
        byte[] deep = mapsInMaps(depth, limits);
        FutureTask<String> task = new FutureTask<>(() -> {
            ReadOptions options = new ReadOptions(limits, true, false);
            Object first = ValueReader.read(deep, ChannelResolver.NONE, options);
            Object second = ValueReader.read(deep, ChannelResolver.NONE, options);
            assertThat(Objects.equals(first, second)).isTrue();
            assertThat(Objects.hashCode(first)).isEqualTo(Objects.hashCode(second));
            assertThat(ValueWriter.write(first, ChannelResolver.NONE, new WriteOptions(limits, true, false)))
                    .isEqualTo(deep);
            return String.valueOf(first);
        });
        new Thread(null, task, "small stack", kilobytesOfStack << 10).start();
        assertThat(task.get()).hasSizeGreaterThan(depth * 4);
    }

    /** Maps in maps are what takes the most stack to print. */
    private static byte[] mapsInMaps(int depth, Limits limits) {
        Object value = "core";
        for (int i = 0; i < depth; i++) {
            value = Values.map("k", value);
        }
        return ValueWriter.write(value, ChannelResolver.NONE, new WriteOptions(limits, false, false));
    }

    @Test
    void channelsComeFromTheResolver() {
        byte[] payload = program('B', 7, '@', 1, 'Q');
        ChannelResolver resolver = new ChannelResolver() {
            @Override
            public int idOf(Object value) {
                return value instanceof Handle handle ? handle.id() : NOT_A_CHANNEL;
            }

            @Override
            public Object channel(int id) {
                return new Handle(id);
            }
        };
        Object read = ValueReader.read(payload, resolver, ReadOptions.CHANNEL);
        assertThat(read).isEqualTo(Tuple.of(new Handle(7)));
        assertThat(ValueWriter.write(read, resolver, WriteOptions.DEFAULT)).isEqualTo(payload);
        assertThatThrownBy(() -> read(payload)).isInstanceOf(LoadException.class);
    }

    /** Stands in for a channel. */
    private record Handle(int id) {}
}
