package execnet4j.pool;

import org.jspecify.annotations.Nullable;

/** One item on its way through the pool. At any time one thread has it: who puts it in, a worker's thread, who takes it out. */
final class Job {
    private final @Nullable Object item;
    private int losses;
    private @Nullable TaskResult<?> result;

    Job(@Nullable Object item) {
        this.item = item;
    }

    @Nullable
    Object item() {
        return item;
    }

    /** Counts a worker that was lost while it had the item, and gives how many there were. */
    int countLoss() {
        return ++losses;
    }

    @Nullable
    TaskResult<?> result() {
        return result;
    }

    void settle(TaskResult<?> settled) {
        result = settled;
    }
}
