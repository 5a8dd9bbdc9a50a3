package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** Bytes that are no value, or one beyond a limit; the message names the place and the reason. */
public final class LoadException extends DataFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public LoadException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public LoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
