package execnet4j.transport;

import execnet4j.error.WorkerDiagnosis;

/** An ssh has not connected. */
public final class SshFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient WorkerDiagnosis diagnosis;

    SshFailure(WorkerDiagnosis diagnosis, Throwable cause) {
        super("ssh has not connected", cause);
        this.diagnosis = diagnosis;
    }

    /**
     * How it ended.
     *
     * @return without an exit status if it still tries
     */
    public WorkerDiagnosis diagnosis() {
        return diagnosis;
    }
}
