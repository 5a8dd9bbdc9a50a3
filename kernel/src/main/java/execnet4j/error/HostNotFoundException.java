package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** A worker could not be started because its host's name does not resolve or the host does not answer. */
public final class HostNotFoundException extends GatewayStartException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one; the stage is {@link GatewayStartException.Stage#CONNECT}.
     *
     * @param reason what went wrong and what to do, in a sentence
     * @param diagnosis what is known of the process that tried to connect
     * @param cause the failure below, or null if there is none
     */
    public HostNotFoundException(String reason, WorkerDiagnosis diagnosis, @Nullable Throwable cause) {
        super(Stage.CONNECT, reason, diagnosis, cause);
    }
}
