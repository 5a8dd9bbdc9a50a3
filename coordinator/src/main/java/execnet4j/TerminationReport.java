package execnet4j;

import java.util.List;
import java.util.OptionalInt;

/**
 * How the workers of a group ended.
 *
 * @param workers one entry for each gateway that was in the group, in the group's order; before them those that had left it
 *     and had not ended yet
 */
public record TerminationReport(List<Worker> workers) {
    /** How a worker ended. */
    public enum Outcome {
        /** Its tasks ended, or were none, and it exited; of one behind a socket: it closed the connection when it was asked to end. */
        GRACEFUL,
        /** Its tasks had to be interrupted; then it exited. */
        INTERRUPTED,
        /** It did not exit in time, or by itself only by force, and was killed. */
        KILLED,
        /** It had died by itself, or was killed by somebody else, before or meanwhile. */
        DIED,
        /**
         * It could not be told to be gone within the time, even though it was killed; of one behind a socket: the connection
         * broke or had to be left, and what became of the worker is not known.
         */
        UNREACHABLE
    }

    /**
     * How one worker ended.
     *
     * @param gatewayId its gateway's id
     * @param outcome in one word
     * @param exitStatus of its process, empty if it is not known, as always behind a socket
     */
    public record Worker(String gatewayId, Outcome outcome, OptionalInt exitStatus) {}

    /**
     * Copies the list.
     *
     * @param workers one entry for each gateway that was in the group, in the group's order
     */
    public TerminationReport {
        workers = List.copyOf(workers);
    }

    /**
     * Whether nobody had to be interrupted or killed.
     *
     * @return true also for an empty group
     */
    public boolean allGraceful() {
        return workers.stream().allMatch(worker -> worker.outcome() == Outcome.GRACEFUL);
    }
}
