package execnet4j.pool;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.PreparedFunction;
import execnet4j.channel.RemoteFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Gives items to the workers of a group, each of them one at a time as it gets free, and their results back in the order of
 * the items. A worker that answered within five milliseconds has the next item sent ahead, so that it need not wait for it.
 *
 * <p>An item whose worker is lost goes to another worker, up to {@link #retries(int)} times, and a worker is started in the
 * lost one's place, with its spec and id: so a task may run more than once for an item, and must bear that. A place that
 * loses five workers without one answer in between is given up; so is one whose gateway was ended, by itself or with the
 * group. When no place is left every item still gets a result, which says why there is no value. What a task throws is its
 * item's result and is not tried again. A place where the function cannot even begin (a file with an error, a class that is
 * missing) is given up at no cost to any item; if there is no other place taking results throws what was thrown there.
 *
 * <p>Immutable: the settings make new pools. Any number of maps may run at once, also over one group.
 */
public final class TaskPool {
    private static final int DEFAULT_RETRIES = 2;
    private static final int WINDOW_PER_WORKER = 64;

    private final Group group;
    private final int retries;
    private final int window;

    private TaskPool(Group group, int retries, int window) {
        this.group = group;
        this.retries = retries;
        this.window = window;
    }

    /**
     * A pool of the gateways that a group has when a map begins; two retries, a window of 64 items for each worker.
     *
     * @param group the group; it stays the caller's, to be closed by the caller
     * @return the pool
     */
    public static TaskPool of(Group group) {
        return new TaskPool(group, DEFAULT_RETRIES, 0);
    }

    /**
     * How often an item is given to another worker after its worker was lost.
     *
     * @param retries at least 0
     * @return a pool with that setting
     */
    public TaskPool retries(int retries) {
        if (retries < 0) {
            throw new IllegalArgumentException("retries are 0 or more, not " + retries);
        }
        return new TaskPool(group, retries, window);
    }

    /**
     * How many items at most are between the first whose result was not taken yet and the last that was read. Results that
     * wait for an earlier one are kept in memory; this bounds their number.
     *
     * @param items at least 1; with fewer than there are workers some are idle
     * @return a pool with that setting
     */
    public TaskPool window(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("a window is of 1 item or more, not " + items);
        }
        return new TaskPool(group, retries, items);
    }

    /**
     * Applies a function to items.
     *
     * @param <T> the items
     * @param <R> the results; see {@link TaskResult} for what becomes of numbers
     * @param function runs in the workers; see {@link RemoteFunction} for what it may capture
     * @param items what a channel may carry; read in a thread of the pool's own, ahead of the results taken
     * @return the results, as they come; to be closed
     * @throws IllegalStateException if the group has no gateway
     * @throws IllegalArgumentException if the function cannot be shipped
     */
    public <T, R> TaskResults<R> map(RemoteFunction<T, R> function, Iterator<? extends T> items) {
        return run(each -> each.prepare(function), items);
    }

    /**
     * Applies the function of a file to items. The file is read and compiled now, once for all workers.
     *
     * @param file a {@code .java} file whose class has a method {@code public static Object apply(Object item)}
     * @param items what a channel may carry; read in a thread of the pool's own, ahead of the results taken
     * @return the results, as they come; to be closed
     * @throws IllegalStateException if the group has no gateway
     * @throws IllegalArgumentException if the file cannot be read or has no such method
     * @throws execnet4j.error.TaskCompileException if it does not compile
     */
    public TaskResults<Object> map(Path file, Iterator<?> items) {
        return run(each -> each.prepare(file), items);
    }

    /**
     * Applies a prepared function to items.
     *
     * @param function made by {@link Group#prepare} of this pool's group
     * @param items what a channel may carry; read in a thread of the pool's own, ahead of the results taken
     * @return the results, as they come; to be closed
     * @throws IllegalStateException if the group has no gateway
     */
    public TaskResults<Object> map(PreparedFunction function, Iterator<?> items) {
        return run(each -> function, items);
    }

    private <R> TaskResults<R> run(Function<Group, PreparedFunction> prepare, Iterator<?> items) {
        List<Gateway> gateways = new ArrayList<>();
        group.forEach(gateways::add);
        if (gateways.isEmpty()) {
            throw new IllegalStateException(
                    "the group has no gateway; make some first, as with Group.start(\"4*popen\")");
        }
        PreparedFunction function = prepare.apply(group);
        List<Place> places = new ArrayList<>();
        for (Gateway gateway : gateways) {
            places.add(new GatewayPlace(gateway, function));
        }
        return new TaskResults<>(items, places, retries, window == 0 ? WINDOW_PER_WORKER * places.size() : window);
    }
}
