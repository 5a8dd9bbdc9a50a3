package execnet4j.error;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A worker could not be started. Nothing of it is left behind. */
public class GatewayStartException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /** How far the start had come. */
    private final Stage stage;

    private final transient WorkerDiagnosis diagnosis;

    /** How far a start had come. */
    public enum Stage {
        /** Starting the command on this machine. */
        SPAWN,
        /** Reaching the other machine. */
        CONNECT,
        /** Proving who we are to it. */
        AUTHENTICATE,
        /** Finding a Java runtime or a Python there. */
        INTERPRETER,
        /** Sending the kernel there. */
        TRANSFER,
        /** The first words between coordinator and worker. */
        HANDSHAKE
    }

    /**
     * Makes one.
     *
     * @param stage how far the start had come
     * @param reason what went wrong and what to do, in a sentence
     * @param diagnosis what is known of the worker's process
     * @param cause the failure below, or null if there is none
     */
    public GatewayStartException(Stage stage, String reason, WorkerDiagnosis diagnosis, @Nullable Throwable cause) {
        super(
                reason + "\n  stage: " + stage.name().toLowerCase(java.util.Locale.ROOT) + "\n" + diagnosis.describe(),
                cause);
        this.stage = stage;
        this.diagnosis = diagnosis;
    }

    /**
     * How far the start had come.
     *
     * @return the stage that failed
     */
    public Stage stage() {
        return stage;
    }

    /**
     * Where the worker was to run.
     *
     * @return {@code localhost} or the host's name
     */
    public String host() {
        return diagnosis.host();
    }

    /**
     * The command that was to start it.
     *
     * @return all of it, a word an element; the message has what a user would recognise
     */
    public List<String> command() {
        return diagnosis.command();
    }

    /**
     * The exit status of that command.
     *
     * @return empty if it is not known to have ended
     */
    public OptionalInt exitStatus() {
        return diagnosis.exitStatus();
    }

    /**
     * The last lines the command wrote to its standard error.
     *
     * @return at most 20 lines, without line ends, control characters escaped; empty if there were none
     */
    public List<String> stderr() {
        return diagnosis.lastErrorLines();
    }
}
