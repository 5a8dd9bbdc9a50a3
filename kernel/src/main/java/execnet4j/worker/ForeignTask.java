package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.protocol.SourceOrder;
import java.util.Optional;
import java.util.ServiceLoader;

/** Source text of a master with plain execnet, made a task when it is run: compiling takes longer than a reader may. */
final class ForeignTask implements TaskBody {
    private static final String NOT_HERE =
            "this worker runs Java tasks that an execnet4j coordinator ships to it, and nothing else;"
                    + " name execnet4j-worker as its python= for one that takes Java source";

    /** Looked for once: it keeps what it has compiled. */
    private static final class Tasks {
        static final Optional<ForeignTasks> HERE = ServiceLoader.load(
                        ForeignTasks.class, ForeignTask.class.getClassLoader())
                .findFirst();
    }

    private final SourceOrder order;

    ForeignTask(SourceOrder order) {
        this.order = order;
    }

    @Override
    public void run(Channel channel) throws Exception {
        Tasks.HERE
                .orElseThrow(() -> new UnsupportedOperationException(NOT_HERE))
                .of(order)
                .run(channel);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
