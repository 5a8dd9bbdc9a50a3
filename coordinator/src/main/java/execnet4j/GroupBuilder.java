package execnet4j;

import execnet4j.GroupStart.Patience;
import execnet4j.channel.ConnectionSettings;
import execnet4j.text.HarmlessText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings for a group; from {@link Group#builder()}. For one thread. */
public final class GroupBuilder {
    /** A start waits as well as computes: with fewer at once there are gaps, even where there are few processors. */
    private static final int START_AT_ONCE =
            Math.max(16, 2 * Runtime.getRuntime().availableProcessors());

    private OutputListener output = (id, line) -> System.err.println("[" + id + "] " + HarmlessText.line(line));
    private @Nullable Long byteBudget;
    private @Nullable List<Path> taskClassPath;
    private int startParallelism = START_AT_ONCE;
    private String defaultSpec = "popen";
    private boolean endsAtOnceAtExit;

    GroupBuilder() {}

    /**
     * Who takes what the workers print.
     *
     * @param listener instead of this process's standard error, where each line is led by {@code [gw0] }
     * @return this
     */
    public GroupBuilder outputListener(OutputListener listener) {
        output = listener;
        return this;
    }

    /**
     * How much may arrive and wait to be received, for each gateway, at either end. A channel may have 64 KiB and one item
     * beyond that. Without a choice: a sixteenth of the heap of each end, at most 64 MiB.
     *
     * @param bytes as they are on the wire; 0 or more
     * @return this
     * @throws IllegalArgumentException if it is negative or beyond 2<sup>40</sup>
     */
    public GroupBuilder byteBudget(long bytes) {
        if (bytes < 0 || bytes > ConnectionSettings.MAX_BUDGET) {
            throw new IllegalArgumentException(
                    "a byte budget is 0 to " + ConnectionSettings.MAX_BUDGET + " bytes, not " + bytes);
        }
        byteBudget = bytes;
        return this;
    }

    /**
     * Where workers may get classes and resources from that a task needs only at run time. Without a choice: this
     * application's class path and module path.
     *
     * @param entries folders and jar files
     * @return this
     */
    public GroupBuilder taskClassPath(Path... entries) {
        return taskClassPath(Arrays.asList(entries));
    }

    /**
     * As {@link #taskClassPath(Path...)}.
     *
     * @param entries folders and jar files
     * @return this
     */
    public GroupBuilder taskClassPath(Collection<Path> entries) {
        taskClassPath = List.copyOf(entries);
        return this;
    }

    /**
     * How many workers {@link Group#start} starts at once. Without a choice: twice the number of processors, at least 16.
     *
     * @param workers 1 or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public GroupBuilder startParallelism(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker must start at once, not " + workers);
        }
        startParallelism = workers;
        return this;
    }

    /**
     * The spec where none is given. Without a choice: {@code popen}. A spec that cannot be used fails when it is used.
     *
     * @param spec its text
     * @return this
     */
    public GroupBuilder defaultSpec(String spec) {
        defaultSpec = spec;
        return this;
    }

    /** For a group that nobody waits for: when this process ends, its workers are killed, and no time is lost. */
    GroupBuilder endsAtOnceAtExit() {
        endsAtOnceAtExit = true;
        return this;
    }

    /**
     * An empty group with these settings.
     *
     * @return a new group
     */
    public Group build() {
        return new Group(this);
    }

    /**
     * A group with these settings and gateways: all of them, or an exception.
     *
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return a new group
     * @throws execnet4j.error.GroupStartException if some did not start; the others were ended again
     */
    public Group start(String... specs) {
        return start(Patience.USUAL, specs);
    }

    /**
     * As {@link #start(String...)}, waiting no longer than a timeout.
     *
     * @param timeout how long all of them together may take; a minute for each if none is given, five with {@code java=ship}
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return the group
     * @throws execnet4j.error.SpecException if a spec cannot be used; nothing was started
     * @throws execnet4j.error.GroupStartException if some did not start in that time; the others were ended again
     */
    public Group start(Duration timeout, String... specs) {
        return start(Patience.in(timeout), specs);
    }

    private Group start(Patience patience, String... specs) {
        Group group = build();
        GroupStart.all(group, List.of(specs), startParallelism, patience);
        return group;
    }

    /**
     * A group with these settings and those gateways that start.
     *
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return a new group; {@link Group#startFailures()} has the others
     */
    public Group startAvailable(String... specs) {
        return startAvailable(Patience.USUAL, specs);
    }

    /**
     * As {@link #startAvailable(String...)}, waiting no longer than a timeout.
     *
     * @param timeout how long all of them together may take; a minute for each if none is given, five with {@code java=ship}
     * @param specs one for each gateway, or {@code N*spec} for N of them
     * @return the group; {@link Group#startFailures()} has those that did not start in that time
     * @throws execnet4j.error.SpecException if a spec cannot be used; nothing was started
     */
    public Group startAvailable(Duration timeout, String... specs) {
        return startAvailable(Patience.in(timeout), specs);
    }

    private Group startAvailable(Patience patience, String... specs) {
        Group group = build();
        GroupStart.available(group, List.of(specs), startParallelism, patience);
        return group;
    }

    OutputListener output() {
        return output;
    }

    long coordinatorByteBudget() {
        return byteBudget == null ? ConnectionSettings.defaultByteBudget() : byteBudget;
    }

    boolean choseByteBudget() {
        return byteBudget != null;
    }

    @Nullable
    List<Path> taskClassPath() {
        return taskClassPath;
    }

    boolean isEndedAtOnceAtExit() {
        return endsAtOnceAtExit;
    }

    String defaultSpec() {
        return defaultSpec;
    }
}
