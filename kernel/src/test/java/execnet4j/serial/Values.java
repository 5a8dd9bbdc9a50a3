package execnet4j.serial;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short ways to say things in tests of this package. */
final class Values {
    /** As between two ends that are ours. */
    static final WriteOptions PACKED = new WriteOptions(Limits.DEFAULT, false, true);

    private Values() {}

    static byte[] write(@Nullable Object value) {
        return ValueWriter.write(value, ChannelResolver.NONE, PACKED);
    }

    static @Nullable Object read(byte[] payload) {
        return ValueReader.read(payload, ChannelResolver.NONE, ReadOptions.CHANNEL);
    }

    static @Nullable Object roundTrip(@Nullable Object value) {
        return read(write(value));
    }

    /** A map in the order of its arguments: key, value, key, value. */
    static Map<@Nullable Object, @Nullable Object> map(@Nullable Object... keysAndValues) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** A program of the stack machine: a Character is an opcode, an Integer an int32, a String and a byte[] themselves. */
    static byte[] program(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Character opcode) {
                out.write(opcode);
            } else if (part instanceof Integer number) {
                out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
            } else if (part instanceof byte[] bytes) {
                out.writeBytes(bytes);
            } else {
                out.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}
