package execnet4j;

import execnet4j.bootstrap.LiveWorker;
import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.Endpoint;
import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelTimeoutException;
import execnet4j.error.DataFormatException;
import execnet4j.protocol.WorkerInfo;
import execnet4j.ship.TaskShipper;
import execnet4j.spec.GatewaySpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's handle on one live worker. Any thread may call any method. Tasks run in the worker at the same time,
 * each with a channel of its own.
 */
public final class Gateway implements Endpoint {
    private static final Duration FOR_AN_ANSWER = Duration.ofSeconds(30);

    private final Group group;
    private final GatewaySpec spec;
    private final @Nullable Gateway host;
    private final LiveWorker worker;
    private final Connection connection;
    private final TaskShipper shipper;
    private final WorkerTasks tasks;
    private final Replacement replacement = new Replacement();
    private final AtomicBoolean exiting = new AtomicBoolean();
    private volatile RemoteInfo info;
    private volatile boolean deadBeforeExit;
    private volatile boolean killed;

    /** Of a worker that is reached from here, or through the worker of another gateway. */
    Gateway(Group group, GatewaySpec spec, @Nullable Gateway host, LiveWorker worker, TaskShipper shipper) {
        this.group = group;
        this.spec = spec;
        this.host = host;
        this.worker = worker;
        this.connection = worker.connection();
        this.shipper = shipper;
        this.tasks = worker.info().isPython()
                ? new PythonTasks(connection)
                : new JavaTasks(connection, shipper, worker.info().release());
        this.info = RemoteInfo.of(worker.info());
    }

    /**
     * The id, unique in the group.
     *
     * @return such as {@code gw0}
     */
    @Override
    public String id() {
        return spec.id().orElseThrow();
    }

    /**
     * How the worker was got.
     *
     * @return with the gateway's id
     */
    public GatewaySpec spec() {
        return spec;
    }

    /**
     * The group it was made in.
     *
     * @return also after it was ended
     */
    public Group group() {
        return group;
    }

    /**
     * Runs source text in the worker, in the worker's language. For a JVM worker: Java statements, which may start with
     * imports; the variable {@code channel} is the worker's end of the channel. {@code java.util}, {@code
     * java.util.function}, {@code java.util.stream}, {@code java.io}, {@code java.nio.file} and the kernel's public
     * packages are imported already. For a Python worker: Python statements with the same variable; what all lines are
     * indented by is taken away.
     *
     * @param source the text
     * @return this end of the channel
     * @throws execnet4j.error.TaskCompileException if it is Java that does not compile; nothing was sent. Python's errors
     *     come over the channel
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     */
    public Channel remoteExec(String source) {
        return tasks.text(source).run(Deadline.NEVER);
    }

    /**
     * Runs a task in the worker: a lambda or method reference that captures only what a channel may carry, a record of such
     * values, or an object without state. The classes it reaches are sent before it.
     *
     * @param task the task; nothing that it does there changes it here
     * @return this end of the channel
     * @throws IllegalArgumentException if it holds something else, its classes are newer than the worker's Java, or the
     *     worker is a Python; nothing was sent
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     */
    public Channel remoteExec(RemoteTask task) {
        return tasks.task(task).run(Deadline.NEVER);
    }

    /**
     * Runs a class in the worker, which makes an instance with the constructor without parameters.
     *
     * @param task the class
     * @return this end of the channel
     * @throws IllegalArgumentException if it has no such constructor, is newer than the worker's Java, or the worker is a
     *     Python; nothing was sent
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     */
    public Channel remoteExec(Class<? extends RemoteTask> task) {
        return tasks.task(task).run(Deadline.NEVER);
    }

    /**
     * Runs a source file in the worker, {@link Program#of(Path)}.
     *
     * @param file the file; a Java file's class of that name implements {@link RemoteTask} or has a {@code static void
     *     run(Channel)}, a Python file runs as a module named {@code __channelexec__} with the variable {@code channel}
     * @return this end of the channel
     * @throws execnet4j.error.TaskCompileException if it does not compile; nothing was sent
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     */
    public Channel remoteExec(Path file) {
        return remoteExec(Program.of(file));
    }

    /**
     * Runs a program in the worker.
     *
     * @param program in the worker's language
     * @return this end of the channel
     * @throws IllegalArgumentException if it is in another language, or the function or its parameters are not there;
     *     nothing was sent
     * @throws execnet4j.error.TaskCompileException if it does not compile; nothing was sent
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     */
    public Channel remoteExec(Program program) {
        return tasks.program(program).run(Deadline.NEVER);
    }

    /**
     * As {@link #remoteExec(String)}, waiting no longer than a timeout.
     *
     * @param source in the worker's language
     * @param timeout so long may it take to get through to the worker, should too much be on its way to it already
     * @return this end of the channel
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel remoteExec(String source, Duration timeout) {
        return tasks.text(source).run(Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(RemoteTask)}, waiting no longer than a timeout.
     *
     * @param task the task
     * @param timeout so long may it take to get through to the worker, should too much be on its way to it already
     * @return this end of the channel
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel remoteExec(RemoteTask task, Duration timeout) {
        return tasks.task(task).run(Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(Class)}, waiting no longer than a timeout.
     *
     * @param task the class
     * @param timeout so long may it take to get through to the worker, should too much be on its way to it already
     * @return this end of the channel
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel remoteExec(Class<? extends RemoteTask> task, Duration timeout) {
        return tasks.task(task).run(Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(Path)}, waiting no longer than a timeout.
     *
     * @param file the file
     * @param timeout so long may it take to get through to the worker, should too much be on its way to it already
     * @return this end of the channel
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel remoteExec(Path file, Duration timeout) {
        return tasks.program(Program.of(file)).run(Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(Program)}, waiting no longer than a timeout.
     *
     * @param program in the worker's language
     * @param timeout so long may it take to get through to the worker, should too much be on its way to it already
     * @return this end of the channel
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; nothing was sent
     */
    public Channel remoteExec(Program program, Duration timeout) {
        return tasks.program(program).run(Deadline.in(timeout));
    }

    /**
     * Starts a function that answers items: each item sent on the channel is answered with the {@code Tuple} (true, result)
     * or, if the function fails on it, (false, traceback). It ends when the channel is closed. {@link execnet4j.pool.TaskPool}
     * is the comfortable way to it.
     *
     * @param function runs in the worker; see {@link RemoteFunction} for what it may capture
     * @return the coordinator's end of its channel
     * @throws IllegalArgumentException if it holds what a channel does not carry, or cannot run on the worker
     * @throws execnet4j.error.ChannelClosedException if the gateway is not alive
     */
    public Channel serve(RemoteFunction<?, ?> function) {
        return serve(PreparedFunction.of(shipper, function));
    }

    /**
     * Starts the function of a file, as {@link #serve(RemoteFunction)}.
     *
     * @param file a {@code .java} file whose class has a method {@code public static Object apply(Object item)}, or for a
     *     Python worker a {@code .py} file with a function {@code apply(item)}
     * @return the coordinator's end of its channel
     * @throws IllegalArgumentException if it is in another language than the worker, has no such class or cannot be read
     * @throws execnet4j.error.TaskCompileException if it does not compile
     * @throws execnet4j.error.ChannelClosedException if the gateway is not alive
     */
    public Channel serve(Path file) {
        return serve(PreparedFunction.of(shipper, file));
    }

    /**
     * Starts a function that was prepared beforehand, as {@link #serve(RemoteFunction)}.
     *
     * @param function of {@link Group#prepare(RemoteFunction)} or {@link Group#prepare(Path)}
     * @return the coordinator's end of its channel
     * @throws IllegalArgumentException if it cannot run on the worker
     * @throws execnet4j.error.ChannelClosedException if the gateway is not alive
     */
    public Channel serve(PreparedFunction function) {
        return tasks.function(function).run(Deadline.NEVER);
    }

    /** How this worker is given tasks. */
    WorkerTasks tasks() {
        return tasks;
    }

    /**
     * Opens a channel that no task is bound to, to be sent to the worker inside a value. Close it when done.
     *
     * @return a new open channel
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     */
    @Override
    public Channel newChannel() {
        return connection.newChannel();
    }

    /**
     * Asks the worker how busy it is.
     *
     * @return its answer
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     * @throws ChannelTimeoutException if there is no answer within 30 seconds
     */
    public RemoteStatus remoteStatus() {
        return remoteStatus(FOR_AN_ANSWER);
    }

    /**
     * As {@link #remoteStatus()}, waiting no longer than a timeout.
     *
     * @param timeout how long to wait for the answer
     * @return its answer
     * @throws ChannelTimeoutException if it ran out
     */
    public RemoteStatus remoteStatus(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        Channel answer = connection.status(timeout);
        Map<?, ?> status = answer.receive(Map.class, deadline.remaining());
        answer.waitClose(deadline.remaining());
        return RemoteStatus.of(status);
    }

    /**
     * What the worker said of itself when it started, or when it was last {@linkplain #updateRemoteInfo() asked}.
     *
     * @return the facts; does not wait
     */
    public RemoteInfo remoteInfo() {
        return info;
    }

    /**
     * Asks the worker again what it is; its working directory may have changed.
     *
     * @return the facts, which {@link #remoteInfo()} gives from now on
     * @throws execnet4j.error.GatewayLostException if the worker is gone
     * @throws ChannelTimeoutException if there is no answer within 30 seconds
     */
    public RemoteInfo updateRemoteInfo() {
        return updateRemoteInfo(FOR_AN_ANSWER);
    }

    /**
     * As {@link #updateRemoteInfo()}, waiting no longer than a timeout.
     *
     * @param timeout how long to wait for the answer
     * @return the facts, which {@link #remoteInfo()} gives from now on
     * @throws ChannelTimeoutException if it ran out
     */
    public RemoteInfo updateRemoteInfo(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        Channel channel = tasks.info().run(Deadline.NEVER);
        Map<?, ?> answer = channel.receive(Map.class, deadline.remaining());
        if (answer == null) {
            throw new DataFormatException(this + " did not say what it is");
        }
        channel.waitClose(deadline.remaining());
        info = RemoteInfo.of(WorkerInfo.of(answer));
        return info;
    }

    /**
     * Whether the worker can be talked to.
     *
     * @return false once its connection has ended, or {@link #exit()} was called
     */
    public boolean isAlive() {
        return connection.isLive() && !exiting.get();
    }

    /**
     * Whether the worker gives signs of life. A worker on another host does so every three seconds by itself, whatever its
     * tasks do; one that is stopped, collects garbage for long, or is in a native call that lets no other thread of a Python
     * run, does not. It may be back at any time: waiting for it goes on, unless its spec has a {@code silence_limit}. That and
     * when it is back is also told to the group's output listener.
     *
     * @return false while nothing at all has come from it for 15 seconds or more; always true for a worker on this machine,
     *     and for plain execnet
     */
    public boolean isResponsive() {
        return !worker.isUnresponsive();
    }

    /**
     * Ends the worker: it lets its tasks end for 5 seconds, then interrupts them, then halts. Does not wait; {@link #join}
     * does. The gateway leaves its group; but should the worker not end, {@link Group#terminate()} and the end of this
     * process still kill it. Gateways that go through this one ({@code via}) end before it: they are asked first, and this
     * worker when they are gone. Calling it again does nothing.
     */
    public void exit() {
        if (exiting.compareAndSet(false, true)) {
            deadBeforeExit = !connection.isLive();
            group.members().leave(this);
            CompletableFuture<Void> unused =
                    worker.transport().exit().thenRun(() -> group.members().gone(this));
            List<Gateway> behind = group.members().behind(this);
            behind.forEach(Gateway::exit);
            terminateAfter(behind);
        }
    }

    private void terminateAfter(List<Gateway> others) {
        CompletableFuture<?>[] ends =
                others.stream().map(each -> each.worker().transport().exit()).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> unused = CompletableFuture.allOf(ends).thenRun(worker::terminate);
    }

    /** The gateway through whose worker this one's is reached. */
    @Nullable
    Gateway host() {
        return host;
    }

    /**
     * Waits until the worker's process has ended and all channels know.
     *
     * @param timeout how long to wait
     * @throws ChannelTimeoutException if it ran out
     * @throws execnet4j.error.ChannelInterruptedException if interrupted
     */
    public void join(Duration timeout) {
        if (!Termination.await(this, timeout)) {
            throw new ChannelTimeoutException(this + ": timed out in join");
        }
    }

    boolean wasDeadBeforeExit() {
        return deadBeforeExit;
    }

    /** Throws why the worker is gone, if it is. */
    void requireLive() {
        connection.requireLive();
    }

    /** Kills the worker without grace. May block where the system does. */
    void kill() {
        killed = true;
        worker.transport().kill();
    }

    /** Whether its process is known to have ended. */
    boolean isGone() {
        return worker.transport().exit().isDone();
    }

    boolean wasKilled() {
        return killed;
    }

    Replacement replacement() {
        return replacement;
    }

    LiveWorker worker() {
        return worker;
    }

    /** Such as {@code <Gateway id='gw0' receive-live, thread model, 0 active channels>}. */
    @Override
    public String toString() {
        String state = !connection.isLive() ? "not-receiving" : isResponsive() ? "receive-live" : "unresponsive";
        return "<Gateway id='" + id() + "' " + state + ", " + spec.execModel().text() + " model, "
                + connection.channelCount() + " active channels>";
    }
}
