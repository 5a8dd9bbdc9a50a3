package execnet4j.ship;

import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.protocol.TaskEntry;
import execnet4j.protocol.TaskOrder.Shape;
import java.nio.file.Path;
import java.util.Map;

/**
 * Prepares tasks for the workers of one group: finds out where they begin and what code they need, and refuses what cannot
 * run there before anything is sent. Every method takes the feature release of the worker's Java, such as 17. Safe for threads.
 */
public final class TaskShipper implements AutoCloseable {
    private final TaskClassPath classPath;
    private final SourceTasks sources;

    /**
     * Makes one.
     *
     * @param classPath where source text and workers find classes; closed with this
     */
    public TaskShipper(TaskClassPath classPath) {
        this.classPath = classPath;
        this.sources = new SourceTasks(classPath);
    }

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

    /**
     * Prepares source text: statements, which may start with imports, with the variable {@code channel}.
     *
     * @param text the statements
     * @param release the worker's Java; what is compiled runs on it
     * @return the prepared task
     * @throws execnet4j.error.TaskCompileException if it does not compile, with positions in the text
     * @throws IllegalStateException if this Java runtime has no compiler
     */
    public PreparedTask text(String text, int release) {
        return sources.text(text, release);
    }

    /**
     * Prepares a {@code .java} file, read and compiled now. Its class, named like the file, implements {@link RemoteTask} or
     * has a method {@code static void run(Channel channel)}.
     *
     * @param file the file
     * @param release the worker's Java
     * @return the prepared task
     * @throws execnet4j.error.TaskCompileException if it does not compile
     * @throws IllegalArgumentException if it has no such class or cannot be read
     * @throws IllegalStateException if this Java runtime has no compiler
     */
    public PreparedTask file(Path file, int release) {
        return sources.file(file, release, Shape.TASK, JavaFile::task);
    }

    /**
     * Prepares a call of a static method in a {@code .java} file. The method's first parameter is a channel, the others are
     * given by name.
     *
     * @param file the file
     * @param function the method's name
     * @param arguments a value for each further parameter, by the parameter's name
     * @param release the worker's Java
     * @return the prepared task
     * @throws execnet4j.error.TaskCompileException if it does not compile
     * @throws IllegalArgumentException if there is no such method, its first parameter is no channel, or the arguments are
     *     not those it takes
     * @throws IllegalStateException if this Java runtime has no compiler
     */
    public PreparedTask file(Path file, String function, Map<String, ?> arguments, int release) {
        return sources.file(file, release, Shape.TASK, parsed -> parsed.call(function, arguments));
    }

    /**
     * Prepares a {@code .java} file as a function of one item. Its class, named like the file, implements
     * {@link RemoteFunction} or has one method {@code static Object apply(Object item)}, of any types.
     *
     * @param file the file
     * @param release the worker's Java
     * @return the prepared task; it answers as that of {@link #function}
     * @throws execnet4j.error.TaskCompileException if it does not compile
     * @throws IllegalArgumentException if it has no such class or cannot be read
     * @throws IllegalStateException if this Java runtime has no compiler
     */
    public PreparedTask fileFunction(Path file, int release) {
        return sources.file(file, release, Shape.FUNCTION, JavaFile::function);
    }

    /**
     * What answers a worker that asks for code by name.
     *
     * @param release the worker's Java
     * @return answers from the task class path alone
     */
    public CodeLibrary codeLibrary(int release) {
        return new CodeLibrary(classPath, release);
    }

    /** Closes the task class path; what is prepared later opens it again. To be called after the gateways have ended. */
    @Override
    public void close() {
        classPath.close();
    }

    private PreparedTask object(Object task, Shape shape, int release) {
        LambdaParts lambda = LambdaParts.of(task);
        if (lambda == null) {
            return prepared(task.getClass(), TaskObjects.instance(task), shape, release);
        }
        ShippedCode code = LoadedCode.of(lambda).requireRelease(release);
        return new PreparedTask(code, Map.of(), TaskObjects.call(lambda), shape);
    }

    private PreparedTask prepared(Class<?> type, TaskEntry entry, Shape shape, int release) {
        return new PreparedTask(LoadedCode.of(type).requireRelease(release), Map.of(), entry, shape);
    }
}
