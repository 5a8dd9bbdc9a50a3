package execnet4j.ship;

import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskOrder.Shape;
import java.util.Map;

/** A task that is ready to be sent to any worker of the release that it was prepared for. See {@link SentClasses#order}. */
public final class PreparedTask {
    private final ShippedCode kept;
    private final Map<String, byte[]> once;
    private final TaskEntry entry;
    private final Shape shape;

    PreparedTask(ShippedCode kept, Map<String, byte[]> once, TaskEntry entry, Shape shape) {
        this.kept = kept;
        this.once = once;
        this.entry = entry;
        this.shape = shape;
    }

    ShippedCode kept() {
        return kept;
    }

    Map<String, byte[]> once() {
        return once;
    }

    TaskEntry entry() {
        return entry;
    }

    Shape shape() {
        return shape;
    }
}
