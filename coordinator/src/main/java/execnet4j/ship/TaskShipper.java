package execnet4j.ship;

import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.worker.TaskEntry;
import execnet4j.worker.TaskOrder.Shape;
import java.util.Map;

/**
 * Prepares tasks for the workers of one group: finds out where they begin and what code they need, and refuses what cannot
 * run there before anything is sent. Every method takes the feature release of the worker's Java, such as 17. Safe for threads.
 */
public final class TaskShipper {
    private final LoadedCode loaded = new LoadedCode();

    /** Makes one. */
    public TaskShipper() {}

    /**
     * Prepares a lambda, a method reference, a record or an object without state.
     *
     * @param task the task
     * @param release the worker's Java
     * @return the prepared task
     * @throws IllegalArgumentException if it holds what a channel does not carry, or cannot run on the worker
     */
    public PreparedTask task(RemoteTask task, int release) {
        return object(task, Shape.TASK, release);
    }

    /**
     * Prepares a function, as {@link #task(RemoteTask, int)} a task.
     *
     * @param function the function
     * @param release the worker's Java
     * @return the prepared task; it answers each item it receives with {@code (true, result)} or {@code (false, traceback)}
     * @throws IllegalArgumentException if it holds what a channel does not carry, or cannot run on the worker
     */
    public PreparedTask function(RemoteFunction<?, ?> function, int release) {
        return object(function, Shape.FUNCTION, release);
    }

    /**
     * Prepares a class; the worker makes an instance of it with the constructor that has no parameters.
     *
     * @param type the class
     * @param release the worker's Java
     * @return the prepared task
     * @throws IllegalArgumentException if it has no such constructor, or cannot run on the worker
     */
    public PreparedTask task(Class<? extends RemoteTask> type, int release) {
        return prepared(type, TaskObjects.instance(type), Shape.TASK, release);
    }

    private PreparedTask object(Object task, Shape shape, int release) {
        LambdaParts lambda = LambdaParts.of(task);
        if (lambda == null) {
            return prepared(task.getClass(), TaskObjects.instance(task), shape, release);
        }
        ShippedCode code = loaded.of(lambda).requireRelease(release);
        return new PreparedTask(code, Map.of(), TaskObjects.call(lambda), shape);
    }

    private PreparedTask prepared(Class<?> type, TaskEntry entry, Shape shape, int release) {
        return new PreparedTask(loaded.of(type).requireRelease(release), Map.of(), entry, shape);
    }
}
