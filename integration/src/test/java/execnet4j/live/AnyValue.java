package execnet4j.live;

import execnet4j.serial.Bytes;
import execnet4j.serial.Complex;
import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values at random, of every kind, in the types in which they come back; no two keys that a Python holds equal. */
final class AnyValue {
    private static final int DEEPEST = 4;
    private static final int MOST = 5;

    private final Random random;

    AnyValue(Random random) {
        this.random = random;
    }

    @Nullable
    Object next() {
        return value(DEEPEST);
    }

    private @Nullable Object value(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return single();
        }
        return switch (random.nextInt(5)) {
            case 0 -> several(() -> value(depth - 1));
            case 1 -> Tuple.copyOf(several(() -> value(depth - 1)));
            case 2 -> new LinkedHashSet<>(several(() -> key(depth - 1)));
            case 3 -> FrozenSet.copyOf(several(() -> key(depth - 1)));
            default -> {
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                several(() -> key(depth - 1)).forEach(key -> map.put(key, value(depth - 1)));
                yield map;
            }
        };
    }

    private List<@Nullable Object> several(Supplier<@Nullable Object> item) {
        List<@Nullable Object> several = new ArrayList<>();
        for (int i = random.nextInt(MOST); i > 0; i--) {
            several.add(item.get());
        }
        return several;
    }

    private @Nullable Object single() {
        return switch (random.nextInt(9)) {
            case 0 -> random.nextBoolean();
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> List.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, 1.0).get(random.nextInt(4));
            case 3 -> bytes();
            case 4 -> random.doubles(random.nextInt(MOST)).toArray();
            case 5 -> random.nextBoolean() ? new float[] {random.nextFloat(), -0.0f} : new float[0];
            case 6 -> random.ints(random.nextInt(MOST)).toArray();
            case 7 -> random.longs(random.nextInt(MOST)).toArray();
            default -> {
                Object key = key(0);
                yield key instanceof Bytes ? bytes() : key;
            }
        };
    }

    private @Nullable Object key(int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            List<@Nullable Object> items = several(() -> key(depth - 1));
            return random.nextBoolean() ? Tuple.copyOf(items) : FrozenSet.copyOf(items);
        }
        return switch (random.nextInt(7)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> Integer.MAX_VALUE + 1L + random.nextInt(Integer.MAX_VALUE);
            case 3 -> BigInteger.ONE.shiftLeft(64 + random.nextInt(300)).negate();
            case 4 -> Bytes.of(bytes());
            case 5 -> new Complex(random.nextGaussian(), 1 + random.nextInt(9));
            default -> text();
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(
                    List.of(0, 0x41, 0xE9, 0x20AC, 0x1F600, 0x10FFFF).get(random.nextInt(6)));
        }
        return text.toString();
    }
}
