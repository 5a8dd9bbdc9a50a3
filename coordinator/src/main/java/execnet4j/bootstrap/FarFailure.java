package execnet4j.bootstrap;

import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import org.jspecify.annotations.Nullable;

/** A start elsewhere has failed: how far it had come, and why. */
final class FarFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final Stage stage;
    private final boolean noHost;
    private final transient @Nullable WorkerDiagnosis diagnosis;

    FarFailure(Stage stage, String why) {
        this(stage, why, false, null);
    }

    /** Perhaps because there is no such host, or it does not answer; with a diagnosis if that is not of the worker's way. */
    FarFailure(Stage stage, String why, boolean noHost, @Nullable WorkerDiagnosis diagnosis) {
        super(why);
        this.stage = stage;
        this.noHost = noHost;
        this.diagnosis = diagnosis;
    }

    /** Of another process than the worker's way, null if there is none such. */
    @Nullable
    WorkerDiagnosis diagnosis() {
        return diagnosis;
    }

    /** The same, with what is known of the process that failed. */
    FarFailure with(WorkerDiagnosis known) {
        return new FarFailure(stage, why(), noHost, known);
    }

    boolean isNoHost() {
        return noHost;
    }

    Stage stage() {
        return stage;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
