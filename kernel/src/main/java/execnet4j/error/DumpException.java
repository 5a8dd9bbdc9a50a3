package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** A value cannot be sent or dumped; the message names the place in the value, such as {@code [3]["key"]}, and its type. */
public final class DumpException extends DataFormatException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public DumpException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public DumpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
