package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** The root of every exception that execnet4j throws on purpose. */
public class ExecnetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened and, where something can be done, what to do
     */
    public ExecnetException(String message) {
        this(message, null);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened and, where something can be done, what to do
     * @param cause the failure below, or null if there is none
     */
    public ExecnetException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
