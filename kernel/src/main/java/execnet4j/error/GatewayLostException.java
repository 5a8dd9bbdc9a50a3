package execnet4j.error;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The worker at the other end is gone, or its protocol stream is. The message says why, as far as it can be known. */
public final class GatewayLostException extends ChannelClosedException {
    private static final long serialVersionUID = 1L;

    /** What the worker was at. */
    private final Stage stage;

    private final transient @Nullable WorkerDiagnosis diagnosis;

    /** What a worker is at when it is lost. */
    public enum Stage {
        /** It had not said yet what it is. */
        STARTING,
        /** It was there for tasks. */
        RUNNING,
        /** It had been asked to end. */
        ENDING
    }

    /**
     * Makes one.
     *
     * @param stage what the worker was at
     * @param reason what was noticed first, in one sentence
     * @param diagnosis what is known of the worker's process, or null where there is no process to know of
     * @param cause the failure below, or null if there is none
     */
    public GatewayLostException(
            Stage stage, String reason, @Nullable WorkerDiagnosis diagnosis, @Nullable Throwable cause) {
        super(message(stage, reason, diagnosis), cause);
        this.stage = stage;
        this.diagnosis = diagnosis;
    }

    private static String message(Stage stage, String reason, @Nullable WorkerDiagnosis diagnosis) {
        if (diagnosis == null) {
            return reason;
        }
        if (stage != Stage.ENDING) {
            return reason + "\n" + diagnosis.describe();
        }
        boolean normal = diagnosis.exitStatus().orElse(0) == 0;
        return normal ? reason : reason + " (" + diagnosis.statusInWords() + ")";
    }

    /**
     * What the worker was at.
     *
     * @return as far as this end knew
     */
    public Stage stage() {
        return stage;
    }

    /**
     * Where the worker ran.
     *
     * @return {@code localhost} or the host's name; empty where there is no process to know of, as at a worker that lost its
     *     coordinator
     */
    public Optional<String> host() {
        return diagnosis().map(WorkerDiagnosis::host);
    }

    /**
     * The command that started it.
     *
     * @return all of it, a word an element; empty where there is no process to know of
     */
    public List<String> command() {
        return diagnosis == null ? List.of() : diagnosis.command();
    }

    /**
     * The exit status of that command.
     *
     * @return empty if it is not known to have ended
     */
    public OptionalInt exitStatus() {
        return diagnosis == null ? OptionalInt.empty() : diagnosis.exitStatus();
    }

    /**
     * The last lines it wrote to its standard error.
     *
     * @return at most 20 lines, without line ends, control characters escaped; empty if there were none
     */
    public List<String> stderr() {
        return diagnosis == null ? List.of() : diagnosis.lastErrorLines();
    }

    /**
     * What is known of the worker's process.
     *
     * @return empty where there is no process to know of, as at a worker that lost its coordinator
     */
    public Optional<WorkerDiagnosis> diagnosis() {
        return Optional.ofNullable(diagnosis);
    }
}
