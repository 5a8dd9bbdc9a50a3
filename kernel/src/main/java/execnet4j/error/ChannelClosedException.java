package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** The end of the stream: the channel is closed, nothing more can be received from or sent into it. */
public class ChannelClosedException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public ChannelClosedException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public ChannelClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
