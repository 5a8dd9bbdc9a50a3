package execnet4j.ship;

import execnet4j.channel.Channel;
import execnet4j.error.DataFormatException;
import execnet4j.error.DumpException;
import execnet4j.protocol.Arguments;
import execnet4j.serial.Bytes;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Complex;
import execnet4j.serial.FrozenSet;
import execnet4j.serial.Tuple;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks, before anything is sent, that the arguments of a task travel and will fit where they arrive. */
final class PlainValues {
    private static final Set<Class<?>> SINGLE = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            Float.class,
            Double.class,
            Character.class,
            String.class,
            byte[].class,
            double[].class,
            float[].class,
            int[].class,
            long[].class,
            Bytes.class,
            Complex.class);

    /** A task's code goes to any gateway, a channel is one gateway's. */
    private static final ChannelResolver NO_CHANNELS = new ChannelResolver() {
        @Override
        public int idOf(Object value) {
            if (value instanceof Channel channel) {
                throw new ChannelFound(channel);
            }
            return NOT_A_CHANNEL;
        }

        @Override
        public Object channel(int id) {
            return NONE.channel(id);
        }
    };

    private PlainValues() {}

    private static final class ChannelFound extends DataFormatException {
        private static final long serialVersionUID = 1L;

        ChannelFound(Channel channel) {
            super(channel + " does not travel with a task");
        }
    }

    /**
     * The value as it is sent.
     *
     * @param what what holds the value, for messages: such as {@code the lambda in com.acme.Main captures}
     * @param advice what to do instead
     * @throws IllegalArgumentException if it does not travel, or does not fit
     */
    static @Nullable Object sendable(String what, @Nullable Object value, Class<?> type, String advice) {
        try {
            Arguments.convert(arrival(value), type);
        } catch (ChannelFound e) {
            throw new IllegalArgumentException(
                    what + " " + named(value) + ": " + e.getMessage()
                            + ". Start the task without it and send the channel as an item instead",
                    e);
        } catch (DataFormatException e) {
            String reason = e.getMessage();
            throw new IllegalArgumentException(what + " " + named(value) + ": " + reason + ". " + advice, e);
        }
        return Arguments.sendable(value);
    }

    /** What the value will be at the other end, as far as its type goes. */
    private static @Nullable Object arrival(@Nullable Object value) {
        if (value == null || SINGLE.contains(value.getClass())) {
            return Arguments.sendable(value);
        }
        if (value instanceof Channel channel) {
            throw new ChannelFound(channel);
        }
        if (value instanceof Tuple || value instanceof FrozenSet) {
            return written(value, value);
        }
        if (value instanceof List) {
            return written(value, new ArrayList<>());
        }
        if (value instanceof Map) {
            return written(value, new LinkedHashMap<>());
        }
        if (value instanceof Set) {
            return written(value, new LinkedHashSet<>());
        }
        throw new DataFormatException(
                "a task may have null, booleans, numbers, text, bytes, arrays of numbers, tuples, lists, maps and sets,"
                        + " and nothing else");
    }

    private static Object written(Object value, Object arrival) {
        try {
            ValueWriter.write(value, NO_CHANNELS, WriteOptions.DEFAULT);
            return arrival;
        } catch (DumpException e) {
            throw new DataFormatException("it cannot be sent: " + e.getMessage(), e);
        }
    }

    private static String named(@Nullable Object value) {
        return value == null ? "null" : "a " + value.getClass().getTypeName();
    }
}
