package execnet4j.worker;

import execnet4j.protocol.TaskOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The class loaders of one gateway's tasks. Tasks whose classes agree share a loader, so that what one leaves in a static
 * field the next one finds; a task with other bytes for a class gets a loader of its own. Loaders that run nothing are kept,
 * the four used last.
 */
public final class TaskLoaders {
    static final int MOST_IDLE = 4;

    private final ClassLoader parent;
    private final CodeRequests requests;
    private final ClassStore store = new ClassStore();
    private final ReentrantLock lock = new ReentrantLock();

    /** The loader used last comes first. */
    private final List<Shared> loaders = new ArrayList<>();

    /**
     * Makes an empty one.
     *
     * @param parent the loader of the kernel; its classes are not shipped
     * @param requests asks for what was not shipped
     */
    public TaskLoaders(ClassLoader parent, CodeRequests requests) {
        this.parent = parent;
        this.requests = requests;
    }

    /**
     * Takes in an order's code and makes its task ready. Later orders count on the code of earlier ones, so this must be
     * called in the order in which the frames came; it is quick, and runs and loads no class of the user's.
     *
     * @param order what came
     * @return the task, to be run by any thread and to be closed in any case
     * @throws execnet4j.error.LoadException if bytes do not have the hash they are named by, or are missing
     */
    public LoadedTask accept(TaskOrder order) {
        for (Map.Entry<String, byte[]> each : order.code().entrySet()) {
            store.add(each.getKey(), each.getValue());
        }
        for (String hash : order.classes().values()) {
            byte[] unused = store.get(hash);
        }
        Shared shared = lease(order.classes());
        ClassLoader loader = order.once().isEmpty()
                ? shared.loader
                : new TaskClassLoader(shared.loader, new OnceCode(new HashMap<>(order.once())));
        return new LoadedTask(order.entry(), order.shape(), loader, new Runnable() {
            // No lambda: see docs/adr/0011.
            @Override
            public void run() {
                release(shared);
            }
        });
    }

    /** Only ever in one thread, {@link #accept}'s; a loader that is let go of meanwhile comes back. */
    private Shared lease(Map<String, String> classes) {
        Shared chosen = agreeing(classes);
        lock.lock();
        try {
            loaders.remove(chosen);
            loaders.add(0, chosen);
            chosen.running++;
            return chosen;
        } finally {
            lock.unlock();
        }
    }

    private Shared agreeing(Map<String, String> classes) {
        for (Shared each : all()) {
            if (each.table.extend(classes)) {
                return each;
            }
        }
        return create(classes);
    }

    private List<Shared> all() {
        lock.lock();
        try {
            return List.copyOf(loaders);
        } finally {
            lock.unlock();
        }
    }

    private Shared create(Map<String, String> classes) {
        CodeTable table = new CodeTable(store, requests);
        table.extend(classes);
        return new Shared(table, new TaskClassLoader(parent, table));
    }

    private void release(Shared shared) {
        lock.lock();
        try {
            shared.running--;
            int idle = 0;
            for (Shared each : List.copyOf(loaders)) {
                if (each.running == 0 && ++idle > MOST_IDLE) {
                    loaders.remove(each);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return loaders.size();
        } finally {
            lock.unlock();
        }
    }

    private static final class Shared {
        final CodeTable table;
        final ClassLoader loader;
        int running;

        Shared(CodeTable table, ClassLoader loader) {
            this.table = table;
            this.loader = loader;
        }
    }
}
