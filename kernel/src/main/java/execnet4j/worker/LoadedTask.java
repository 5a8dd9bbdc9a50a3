package execnet4j.worker;

import execnet4j.channel.Channel;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A task whose code is here. It holds its class loader until it is closed. */
public final class LoadedTask implements TaskBody {
    private final TaskEntry entry;
    private final TaskOrder.Shape shape;
    private final ClassLoader loader;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    LoadedTask(TaskEntry entry, TaskOrder.Shape shape, ClassLoader loader, Runnable release) {
        this.entry = entry;
        this.shape = shape;
        this.loader = loader;
        this.release = release;
    }

    /**
     * Runs the task in the calling thread, which has the task's loader as its context class loader meanwhile. Classes are
     * loaded here, and asked for where they were not shipped.
     *
     * @param channel the worker's end of the channel
     * @throws Exception what the task throws, itself
     */
    @Override
    public void run(Channel channel) throws Exception {
        ClassLoader before = enter();
        try {
            EntryPoint start = new EntryPoint(entry, loader);
            if (shape == TaskOrder.Shape.FUNCTION) {
                new FunctionServer(start.function()).serve(channel.iterator(), channel::send);
            } else {
                start.task().run(channel);
            }
        } finally {
            leave(before);
        }
    }

    /**
     * Applies a function to one item, in the calling thread, without a channel.
     *
     * @param item the item, or null
     * @return the result, which need not be something a channel carries
     * @throws Exception what the function throws, itself
     */
    public @Nullable Object apply(@Nullable Object item) throws Exception {
        ClassLoader before = enter();
        try {
            return new EntryPoint(entry, loader).function().apply(item);
        } finally {
            leave(before);
        }
    }

    /** The context class loader until now. */
    private ClassLoader enter() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        return before;
    }

    private static void leave(ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** Lets go of the class loader. Closing it again has no effect. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
