package execnet4j.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The worker at the other end is gone, or its protocol stream is. The message says why, as far as it can be known. */
public final class GatewayLostException extends ChannelClosedException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable WorkerDiagnosis diagnosis;

    /**
     * Makes one.
     *
     * @param reason what was noticed first, in one sentence
     * @param diagnosis what is known of the worker's process, or null where there is no process to know of
     * @param cause the failure below, or null if there is none
     */
    public GatewayLostException(String reason, @Nullable WorkerDiagnosis diagnosis, @Nullable Throwable cause) {
        super(diagnosis == null ? reason : reason + "\n" + diagnosis.describe(), cause);
        this.diagnosis = diagnosis;
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
