package execnet4j.protocol;

import execnet4j.channel.RemoteTask;
import execnet4j.protocol.TaskEntry.MethodCall;
import execnet4j.protocol.TaskEntry.NewInstance;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Limits;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.Tuple;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The EXEC payload of our coordinator to our JVM worker: a map, where the payload for a Python worker is a tuple. It holds the
 * code the worker has not got yet and says where to begin.
 *
 * @param classes which bytes each class of the task stands for: binary name to its {@link CodeHash}
 * @param code the bytes this worker has not got yet, by hash
 * @param once classes that this one task uses and that are not kept, by binary name
 * @param entry where to begin
 * @param shape what the entry is
 */
public record TaskOrder(
        Map<String, String> classes, Map<String, byte[]> code, Map<String, byte[]> once, TaskEntry entry, Shape shape) {
    /** An order goes to workers of ours alone. */
    private static final WriteOptions OPTIONS = new WriteOptions(Limits.DEFAULT, false, true);

    private static final String CLASSES = "classes";
    private static final String CODE = "code";
    private static final String ONCE = "once";
    private static final String ENTRY = "entry";
    private static final String SHAPE = "shape";
    private static final String NEW = "new";
    private static final String CALL = "call";

    /** What the entry of a task is. */
    public enum Shape {
        /** A {@link execnet4j.channel.RemoteTask}: it is run with the channel. */
        TASK,
        /** A {@link execnet4j.channel.RemoteFunction}: it is applied to each item received. */
        FUNCTION,
        /** A {@link execnet4j.channel.RemoteTask} of the kernel's, which is no task of the user's: see {@link #service}. */
        SERVICE
    }

    /**
     * Keeps its own unmodifiable copies of the maps; the arrays are not copied.
     *
     * @param classes which bytes each class of the task stands for: binary name to its {@link CodeHash}
     * @param code the bytes this worker has not got yet, by hash
     * @param once classes that this one task uses and that are not kept, by binary name
     * @param entry where to begin
     * @param shape what the entry is
     */
    public TaskOrder {
        classes = Map.copyOf(classes);
        code = Map.copyOf(code);
        once = Map.copyOf(once);
    }

    /**
     * An order for what a worker does for its coordinator: whatever its model of threads, and whatever else it does, it runs
     * this at once on a thread of its own, which is not interrupted at its end. It does not count as a task.
     *
     * @param task a class of the kernel's, with a public constructor without parameters
     * @return the order
     */
    public static TaskOrder service(Class<? extends RemoteTask> task) {
        NewInstance entry = new NewInstance(task.getName(), List.of());
        return new TaskOrder(Map.of(), Map.of(), Map.of(), entry, Shape.SERVICE);
    }

    /**
     * The order as bytes.
     *
     * @param channels for channels among the arguments
     * @return the payload of an EXEC frame
     * @throws execnet4j.error.DumpException if an argument is nothing that a channel carries
     */
    public byte[] toPayload(ChannelResolver channels) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put(SHAPE, shape.name());
        order.put(CLASSES, classes);
        order.put(CODE, code);
        order.put(ONCE, once);
        order.put(ENTRY, entryValue());
        return ValueWriter.write(order, channels, OPTIONS);
    }

    private Tuple entryValue() {
        if (entry instanceof MethodCall call) {
            return Tuple.of(
                    CALL,
                    call.owner(),
                    call.kind(),
                    call.name(),
                    call.descriptor(),
                    Tuple.copyOf(call.leading()),
                    Tuple.copyOf(call.trailing()));
        }
        NewInstance made = (NewInstance) entry;
        return Tuple.of(NEW, made.owner(), Tuple.copyOf(made.arguments()));
    }

    /**
     * Reads an order.
     *
     * @param payload the payload of an EXEC frame
     * @param channels for channels among the arguments
     * @return what was sent
     * @throws execnet4j.error.LoadException if it is anything but an order
     */
    public static TaskOrder fromPayload(byte[] payload, ChannelResolver channels) {
        return fromValue(ValueReader.read(payload, channels, ReadOptions.DEFAULT));
    }

    /**
     * Reads an order.
     *
     * @param value the value of an EXEC payload
     * @return what was sent
     * @throws execnet4j.error.LoadException if it is anything but an order
     */
    public static TaskOrder fromValue(@Nullable Object value) {
        OrderFields order = OrderFields.of("the order", value);
        order.size(5);
        return new TaskOrder(
                order.map(CLASSES, String.class),
                order.map(CODE, byte[].class),
                order.map(ONCE, byte[].class),
                entry(order.items(ENTRY)),
                order.oneOf(SHAPE, Shape.class));
    }

    private static TaskEntry entry(OrderFields fields) {
        if (fields.get(0, String.class).equals(NEW)) {
            fields.size(3);
            return new NewInstance(
                    fields.className(1), fields.get(2, Tuple.class).asList());
        }
        fields.size(7);
        fields.literal(0, CALL);
        return new MethodCall(
                fields.between(2, 5, 9),
                fields.className(1),
                fields.get(3, String.class),
                fields.get(4, String.class),
                fields.get(5, Tuple.class).asList(),
                fields.get(6, Tuple.class).asList());
    }
}
