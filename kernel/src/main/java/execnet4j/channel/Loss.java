package execnet4j.channel;

import execnet4j.error.GatewayLostException;
import execnet4j.error.GatewayLostException.Stage;
import execnet4j.error.WorkerDiagnosis;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection is gone: the first cause that was noticed, and what is known of the peer's process.
 *
 * @param stage what the worker was at
 * @param reason one sentence
 * @param diagnosis what is known of the process at the other end, null where there is none to know of
 * @param cause the failure below, null if there is none
 */
public record Loss(
        Stage stage,
        String reason,
        @Nullable WorkerDiagnosis diagnosis,
        @Nullable Throwable cause) {
    /**
     * Of a worker that was running.
     *
     * @param reason one sentence
     * @param diagnosis what is known of the process at the other end, null where there is none to know of
     * @param cause the failure below, null if there is none
     */
    public Loss(String reason, @Nullable WorkerDiagnosis diagnosis, @Nullable Throwable cause) {
        this(Stage.RUNNING, reason, diagnosis, cause);
    }

    /**
     * A new exception for a caller to throw, with the caller's own stack trace.
     *
     * @return never the same object twice
     */
    public GatewayLostException toException() {
        return new GatewayLostException(stage, reason, diagnosis, cause);
    }
}
