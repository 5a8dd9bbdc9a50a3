package execnet4j;

import execnet4j.channel.RemoteFunction;
import execnet4j.channel.RemoteTask;
import execnet4j.concurrent.Deadline;
import execnet4j.error.SpecException;
import execnet4j.ship.TaskClassPath;
import execnet4j.ship.TaskShipper;
import execnet4j.spec.GatewaySpec;
import execnet4j.transport.DialledWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gateways that are made, used and ended together. Any thread may call any method.
 *
 * <p>A gateway is a member from when it is made until it is ended; one whose worker died stays, so that somebody notices.
 * Whatever members there are when this process ends, by itself or by Ctrl-C, are ended with it.
 */
public final class Group implements Iterable<Gateway>, AutoCloseable {
    private static final Duration DEFAULT_TERMINATION = Duration.ofSeconds(20);

    private final TaskShipper shipper;
    private final Members members = new Members(this);
    private final GroupTasks tasks = new GroupTasks(this, members);
    private final WorkerStarter starter;
    private final boolean endsAtOnceAtExit;
    private volatile String defaultSpec;
    private volatile Map<String, RuntimeException> startFailures = Map.of();

    Group(GroupBuilder settings) {
        List<Path> classPath = settings.taskClassPath();
        shipper = new TaskShipper(classPath == null ? TaskClassPath.ofApplication() : TaskClassPath.of(classPath));
        starter = new WorkerStarter(this, members, shipper, settings);
        endsAtOnceAtExit = settings.isEndedAtOnceAtExit();
        defaultSpec = settings.defaultSpec();
    }

    /**
     * A new group with the usual settings and these gateways, started side by side: all of them, or an exception.
     *
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return the group, its members in the order of the specs
     * @throws SpecException if a spec cannot be used; nothing was started
     * @throws execnet4j.error.GroupStartException if some did not start; the others were ended again
     */
    public static Group start(String... specs) {
        return builder().start(specs);
    }

    /**
     * As {@link #start(String...)}, waiting no longer than a timeout.
     *
     * @param timeout how long all of them together may take; a minute for each if none is given, five with {@code java=ship}
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return the group, its members in the order of the specs
     * @throws execnet4j.error.GroupStartException if some did not start in that time; the others were ended again
     */
    public static Group start(Duration timeout, String... specs) {
        return builder().start(timeout, specs);
    }

    /**
     * A new group with the usual settings and those gateways that start.
     *
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return the group; {@link #startFailures()} has the others
     * @throws SpecException if a spec cannot be used; nothing was started
     */
    public static Group startAvailable(String... specs) {
        return builder().startAvailable(specs);
    }

    /**
     * For a group with other settings.
     *
     * @return the usual settings, to be changed
     */
    public static GroupBuilder builder() {
        return new GroupBuilder();
    }

    /**
     * Starts a worker of the {@link #defaultSpec()}.
     *
     * @return its gateway, a member from now on
     * @throws SpecException if the default spec cannot be used
     * @throws execnet4j.error.GatewayStartException if it did not start
     */
    public Gateway makeGateway() {
        return makeGateway("");
    }

    /**
     * Starts a worker.
     *
     * @param spec how to get it; the empty text is the {@link #defaultSpec()}
     * @return its gateway, a member from now on
     * @throws SpecException if the spec cannot be used, or its id is taken; nothing was started
     * @throws execnet4j.error.GatewayStartException if it did not start
     */
    public Gateway makeGateway(String spec) {
        return makeGateway(spec(spec));
    }

    /**
     * Starts a worker, waiting no longer than a timeout.
     *
     * @param spec how to get it; the empty text is the {@link #defaultSpec()}
     * @param timeout how long it may take; a minute if none is given, five with {@code java=ship}
     * @return its gateway, a member from now on
     * @throws execnet4j.error.GatewayStartException if it did not start in that time; nothing of it is left
     */
    public Gateway makeGateway(String spec, Duration timeout) {
        return makeGateway(spec(spec), timeout);
    }

    private GatewaySpec spec(String text) {
        return GatewaySpec.of(text.isEmpty() ? defaultSpec : text);
    }

    /**
     * Starts a worker.
     *
     * @param spec how to get it
     * @return its gateway, a member from now on
     * @throws SpecException if its id is taken; nothing was started
     * @throws execnet4j.error.GatewayStartException if it did not start
     */
    public Gateway makeGateway(GatewaySpec spec) {
        return makeGateway(spec, UsualStart.of(spec));
    }

    /**
     * Starts a worker, waiting no longer than a timeout.
     *
     * @param spec how to get it
     * @param timeout how long it may take
     * @return its gateway, a member from now on
     * @throws SpecException if its id is taken; nothing was started
     * @throws execnet4j.error.GatewayStartException if it did not start in that time; nothing of it is left
     */
    public Gateway makeGateway(GatewaySpec spec, Duration timeout) {
        return starter.add(allocateId(spec), timeout);
    }

    /**
     * Starts a worker in the place of a lost one, as {@link #replace(Gateway, Duration)} within a minute, or
     * five with {@code java=ship}.
     *
     * @param lost a member, or one that was replaced already
     * @return the gateway in its place
     */
    public Gateway replace(Gateway lost) {
        return replace(lost, UsualStart.of(lost.spec()));
    }

    /**
     * Starts a worker in the place of a lost one, with its spec, its id and its position in the group. Whoever asks for the
     * same meanwhile or later gets the same gateway. What was ended, by itself or with the group, is not replaced.
     *
     * @param lost a member, or one that was replaced already
     * @param timeout how long the start may take, another thread's before it included
     * @return the gateway in its place; {@code lost} itself if it is alive
     * @throws IllegalArgumentException if it is of another group
     * @throws IllegalStateException if it was ended, before or while the new worker was starting
     * @throws execnet4j.error.GatewayStartException if none started; the lost one stays a member, and this can be tried again
     * @throws execnet4j.error.ChannelTimeoutException if another thread is starting one and takes longer
     * @throws execnet4j.error.ChannelInterruptedException if interrupted
     */
    public Gateway replace(Gateway lost, Duration timeout) {
        if (lost.group() != this) {
            throw new IllegalArgumentException(lost + " is of another group than " + this);
        }
        return lost.isAlive() ? lost : lost.replacement().get(left -> starter.replace(lost, left), timeout);
    }

    /**
     * The same spec with an id: its own, or the next free one of {@code gw0}, {@code gw1} and so on, which no later call
     * gives again.
     *
     * @param spec with an id or without
     * @return with an id
     */
    public GatewaySpec allocateId(GatewaySpec spec) {
        return spec.id().isPresent() ? spec : spec.withId(members.nextId(Set.of()));
    }

    /** Ids for many at once, none of them one that another of the specs asks for. */
    List<GatewaySpec> allocateIds(List<GatewaySpec> specs) {
        Set<String> asked = specs.stream().flatMap(spec -> spec.id().stream()).collect(Collectors.toSet());
        return specs.stream()
                .map(spec -> spec.id().isPresent() ? spec : spec.withId(members.nextId(asked)))
                .toList();
    }

    /**
     * The number of members.
     *
     * @return 0 or more
     */
    public int size() {
        return members.all().size();
    }

    /**
     * A member by its place.
     *
     * @param index from 0, in the order in which they were made
     * @return the gateway
     * @throws IndexOutOfBoundsException if there is none
     */
    public Gateway get(int index) {
        return members.all().get(index);
    }

    /**
     * A member by its id.
     *
     * @param id the id
     * @return the gateway
     * @throws NoSuchElementException if there is none
     */
    public Gateway get(String id) {
        return members.find(id).orElseThrow(() -> new NoSuchElementException("no gateway '" + id + "' in " + this));
    }

    /**
     * Whether there is a member of an id.
     *
     * @param id the id
     * @return false once it was ended
     */
    public boolean contains(String id) {
        return members.find(id).isPresent();
    }

    /**
     * Whether a gateway is a member.
     *
     * @param gateway any gateway
     * @return false once it was ended, and for one of another group
     */
    public boolean contains(Gateway gateway) {
        return members.all().contains(gateway);
    }

    /** Over the members of this moment, in the order in which they were made. */
    @Override
    public Iterator<Gateway> iterator() {
        return members.all().iterator();
    }

    /**
     * The spec of a gateway that is made without one.
     *
     * @return its text, {@code popen} unless it was changed
     */
    public String defaultSpec() {
        return defaultSpec;
    }

    /**
     * Changes the spec of gateways that are made without one from now on.
     *
     * @param spec its text; one that cannot be used fails when it is used
     */
    public void defaultSpec(String spec) {
        defaultSpec = spec;
    }

    /**
     * What did not start in {@link #startAvailable}.
     *
     * @return by gateway id, why; unmodifiable, in the order of the specs
     */
    public Map<String, RuntimeException> startFailures() {
        return startFailures;
    }

    /**
     * Runs source text in every member, see {@link Gateway#remoteExec(String)}. As with every kind of task, what may be
     * refused is refused before any member is sent something; if a worker is lost even so before all have begun, the
     * channels to the others are closed.
     *
     * @param source in the workers' language
     * @return a channel for each member, in order
     * @throws IllegalArgumentException if there are JVM and Python workers among the members; nothing was sent
     * @throws execnet4j.error.GatewayLostException if the worker of a member is gone, naming it
     */
    public MultiChannel remoteExec(String source) {
        return tasks.text(source, Deadline.NEVER);
    }

    /**
     * Runs a task in every member, see {@link Gateway#remoteExec(RemoteTask)}.
     *
     * @param task the task
     * @return a channel for each member, in order
     */
    public MultiChannel remoteExec(RemoteTask task) {
        return tasks.each(worker -> worker.task(task), Deadline.NEVER);
    }

    /**
     * Runs a class in every member, see {@link Gateway#remoteExec(Class)}.
     *
     * @param task the class
     * @return a channel for each member, in order
     */
    public MultiChannel remoteExec(Class<? extends RemoteTask> task) {
        return tasks.each(worker -> worker.task(task), Deadline.NEVER);
    }

    /**
     * Runs a file in every member, see {@link Gateway#remoteExec(Path)}.
     *
     * @param file the source file
     * @return a channel for each member, in order
     */
    public MultiChannel remoteExec(Path file) {
        return remoteExec(Program.of(file));
    }

    /**
     * Runs a program in every member, see {@link Gateway#remoteExec(Program)}.
     *
     * @param program the program
     * @return a channel for each member, in order
     */
    public MultiChannel remoteExec(Program program) {
        return tasks.each(worker -> worker.program(program), Deadline.NEVER);
    }

    /**
     * As {@link #remoteExec(String)}, waiting no longer than a timeout.
     *
     * @param source in the worker's language
     * @param timeout so long may all of them together take to get through to the workers, should too much be on its way to them already
     * @return a channel for each member, in order
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; the channels to those that have begun are closed
     */
    public MultiChannel remoteExec(String source, Duration timeout) {
        return tasks.text(source, Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(RemoteTask)}, waiting no longer than a timeout.
     *
     * @param task the task
     * @param timeout so long may all of them together take to get through to the workers, should too much be on its way to them already
     * @return a channel for each member, in order
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; the channels to those that have begun are closed
     */
    public MultiChannel remoteExec(RemoteTask task, Duration timeout) {
        return tasks.each(worker -> worker.task(task), Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(Class)}, waiting no longer than a timeout.
     *
     * @param task the class
     * @param timeout so long may all of them together take to get through to the workers, should too much be on its way to them already
     * @return a channel for each member, in order
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; the channels to those that have begun are closed
     */
    public MultiChannel remoteExec(Class<? extends RemoteTask> task, Duration timeout) {
        return tasks.each(worker -> worker.task(task), Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(Path)}, waiting no longer than a timeout.
     *
     * @param file the file
     * @param timeout so long may all of them together take to get through to the workers, should too much be on its way to them already
     * @return a channel for each member, in order
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; the channels to those that have begun are closed
     */
    public MultiChannel remoteExec(Path file, Duration timeout) {
        return tasks.each(worker -> worker.program(Program.of(file)), Deadline.in(timeout));
    }

    /**
     * As {@link #remoteExec(Program)}, waiting no longer than a timeout.
     *
     * @param program in the worker's language
     * @param timeout so long may all of them together take to get through to the workers, should too much be on its way to them already
     * @return a channel for each member, in order
     * @throws execnet4j.error.ChannelTimeoutException if it ran out; the channels to those that have begun are closed
     */
    public MultiChannel remoteExec(Program program, Duration timeout) {
        return tasks.each(worker -> worker.program(program), Deadline.in(timeout));
    }

    /**
     * For a place where workers come to by themselves, as those that a scheduler has started.
     *
     * @return the usual settings, to be changed: any port of 127.0.0.1, no TLS, a new token
     */
    public ListenerBuilder listener() {
        return new ListenerBuilder(this);
    }

    /**
     * Has workers of this machine come by themselves: as {@link #listener()} with the usual settings.
     *
     * @return until it is closed
     * @throws IOException if no port can be had
     */
    public Listener listen() throws IOException {
        return listener().start();
    }

    /** A worker that came by itself becomes a member. */
    Gateway take(DialledWorker worker, String keys, Duration timeout) {
        return starter.take(allocateId(GatewaySpec.of(worker.spec() + keys)), worker, timeout);
    }

    /**
     * Prepares a function for {@link Gateway#serve(PreparedFunction)}, once for all gateways.
     *
     * @param function runs in the workers; see {@link RemoteFunction} for what it may capture
     * @return the function, ready to be sent
     * @throws IllegalArgumentException if it holds what a channel does not carry, or cannot run on a member
     */
    public PreparedFunction prepare(RemoteFunction<?, ?> function) {
        return tasks.checked(PreparedFunction.of(shipper, function));
    }

    /**
     * Prepares the function of a file for {@link Gateway#serve(PreparedFunction)}: the file is read now, and if it is Java
     * compiled, once for each Java release among the members; in a group without members for this process's own release, so
     * that errors are known before a worker is started. What becomes of the file later changes nothing.
     *
     * @param file a {@code .java} file whose class has a method {@code public static Object apply(Object item)}, or for
     *     Python workers a {@code .py} file with a function {@code apply(item)}
     * @return the function, ready to be sent
     * @throws IllegalArgumentException if it has no such class, cannot be read, or is in another language than a member
     * @throws execnet4j.error.TaskCompileException if it is Java that does not compile
     */
    public PreparedFunction prepare(Path file) {
        return tasks.checked(PreparedFunction.of(shipper, file));
    }

    /**
     * Ends all members, as {@link #terminate(Duration)} within 20 seconds: more than the 15 that a worker itself gives
     * its tasks.
     *
     * @return how each ended
     */
    public TerminationReport terminate() {
        return terminate(DEFAULT_TERMINATION);
    }

    /**
     * Ends all members. Each is asked to end, and lets its tasks end for 5 seconds, then interrupts them. Whoever is not
     * gone by the deadline is killed. What the workers had sent before arrives first; then every channel ends, and who
     * waits on one learns so. A gateway that others go through is asked when those are gone. No callback is waited for. The group is empty from the start of this, and can be used again.
     *
     * <p>Gateways that have left by {@link Gateway#exit()}, or that another thread is just terminating, belong to it as
     * long as their workers are not gone: they are waited for, killed at the deadline, and reported first.
     *
     * @param timeout until the deadline; this returns at most 2 seconds after it
     * @return how each ended
     */
    public TerminationReport terminate(Duration timeout) {
        List<Gateway> ending = members.leaveAll();
        ending.forEach(Gateway::exit);
        try {
            return Termination.of(ending, timeout);
        } finally {
            ending.stream().filter(Gateway::isGone).forEach(members::gone);
        }
    }

    /** {@link #terminate()}, then closes the jars of the task class path. */
    @Override
    public void close() {
        close(DEFAULT_TERMINATION);
    }

    void close(Duration timeout) {
        try {
            terminate(timeout);
        } finally {
            shipper.close();
        }
    }

    /** Such as {@code <Group ['gw0', 'gw1']>}. */
    @Override
    public String toString() {
        return members.all().stream()
                .map(gateway -> "'" + gateway.id() + "'")
                .collect(Collectors.joining(", ", "<Group [", "]>"));
    }

    void startFailures(Map<String, RuntimeException> failures) {
        startFailures = Collections.unmodifiableMap(failures);
    }

    boolean endsAtOnceAtExit() {
        return endsAtOnceAtExit;
    }

    Members members() {
        return members;
    }
}
