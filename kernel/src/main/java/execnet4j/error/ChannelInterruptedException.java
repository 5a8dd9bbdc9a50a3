package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** The thread was interrupted in a blocking call. Its interrupt flag is set again when this is thrown. */
public final class ChannelInterruptedException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public ChannelInterruptedException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public ChannelInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
