package execnet4j.error;

/** The {@link java.time.Duration} given to a blocking call ran out. Nothing was lost and the channel stays usable. */
public final class ChannelTimeoutException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public ChannelTimeoutException(String message) {
        super(message);
    }
}
