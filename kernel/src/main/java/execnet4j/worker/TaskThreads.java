package execnet4j.worker;

import execnet4j.concurrent.VirtualThreads;
import java.util.Locale;

/** On which threads a worker runs its tasks. */
enum TaskThreads {
    /** Each on a platform thread of its own. */
    THREAD,
    /** All on the main thread, one at a time; for code that insists on it. */
    MAIN_THREAD_ONLY,
    /** Each on a virtual thread of its own. */
    VIRTUAL;

    /** The model of a name, if this runtime can do it. */
    static TaskThreads of(String name) {
        TaskThreads model;
        try {
            model = valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this worker does not know execmodel=" + name, e);
        }
        if (model == VIRTUAL && !VirtualThreads.exist()) {
            throw new IllegalArgumentException("execmodel=virtual needs a worker with Java " + VirtualThreads.SINCE
                    + " or newer; this one runs Java " + Runtime.version().feature());
        }
        return model;
    }

    /** The name in specs and in a worker's status. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
