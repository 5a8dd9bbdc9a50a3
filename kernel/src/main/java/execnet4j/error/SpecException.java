package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** The text of a gateway specification cannot be used; the message says which part and, for a likely typo, what was meant. */
public final class SpecException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public SpecException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public SpecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
