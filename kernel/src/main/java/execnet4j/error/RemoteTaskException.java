package execnet4j.error;

/** The code at the other end failed; the message is the traceback it sent. */
public final class RemoteTaskException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public RemoteTaskException(String message) {
        super(message);
    }
}
