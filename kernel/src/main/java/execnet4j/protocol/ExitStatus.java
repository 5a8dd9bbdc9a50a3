package execnet4j.protocol;

/** The exit statuses of a worker of ours that ended by itself; any other is a task's or a signal's. */
public final class ExitStatus {
    /** Its tasks had ended. */
    public static final int ENDED = 0;

    /** What the coordinator offered is not possible here; {@code EX_CONFIG} of sysexits(3). */
    public static final int UNUSABLE = 78;

    /** Its tasks did not even heed an interrupt; the one that timeout(1) gives. */
    public static final int HALTED = 124;

    /** Its tasks had to be interrupted: 128 and the number of SIGINT. */
    public static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
