package execnet4j.error;

import org.jspecify.annotations.Nullable;

/** A value cannot be turned into bytes, bytes are no value, or a received value is not of the type asked for. */
public class DataFormatException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public DataFormatException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public DataFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
