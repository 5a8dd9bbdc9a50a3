package execnet4j.serial;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values at random, of every kind, in the types the reader gives. */
final class AnyValues {
    private static final int MOST = 5;

    private final Random random;

    AnyValues(Random random) {
        this.random = random;
    }

    @Nullable
    Object value(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return random.nextInt(8) == 0 ? array() : scalar();
        }
        return switch (random.nextInt(5)) {
            case 0 -> filled(new ArrayList<>(), () -> value(depth - 1));
            case 1 -> Tuple.copyOf(filled(new ArrayList<>(), () -> value(depth - 1)));
            case 2 -> filled(new LinkedHashSet<>(), () -> key(depth - 1));
            case 3 -> FrozenSet.copyOf(filled(new ArrayList<>(), () -> key(depth - 1)));
            default -> map(depth - 1);
        };
    }

    private Map<@Nullable Object, @Nullable Object> map(int depth) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(MOST); i > 0; i--) {
            map.put(key(depth), value(depth));
        }
        return map;
    }

    private @Nullable Object key(int depth) {
        if (depth == 0 || random.nextInt(3) > 0) {
            return random.nextInt(8) == 0 ? Bytes.of(bytes()) : scalar();
        }
        List<@Nullable Object> items = filled(new ArrayList<>(), () -> key(depth - 1));
        return random.nextBoolean() ? Tuple.copyOf(items) : FrozenSet.copyOf(items);
    }

    private <C extends Collection<@Nullable Object>> C filled(C target, Supplier<@Nullable Object> item) {
        for (int i = random.nextInt(MOST); i > 0; i--) {
            target.add(item.get());
        }
        return target;
    }

    private @Nullable Object scalar() {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextInt(3);
            case 4 -> IntegerText.smallest(random.nextLong());
            case 5 -> IntegerText.smallest(new BigInteger(random.nextInt(300), random).negate());
            case 6 -> Double.longBitsToDouble(random.nextLong());
            case 7 -> new Complex(random.nextGaussian(), random.nextInt(2));
            default -> text();
        };
    }

    private Object array() {
        int length = random.nextInt(6);
        return switch (random.nextInt(5)) {
            case 0 -> random.longs(length).mapToDouble(Double::longBitsToDouble).toArray();
            case 1 -> random.longs(length).toArray();
            case 2 -> random.ints(length).toArray();
            case 3 -> floats(length);
            default -> bytes();
        };
    }

    private float[] floats(int length) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
        }
        return floats;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int widest = new int[] {0x80, 0x100, 0x800, 0x10000, 0x110000}[random.nextInt(5)];
        for (int i = random.nextInt(12); i > 0; i--) {
            int codePoint = random.nextInt(widest);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? '?' : codePoint);
        }
        return text.toString();
    }
}
