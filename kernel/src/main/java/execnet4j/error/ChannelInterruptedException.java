package execnet4j.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The thread was interrupted in a blocking call. Its interrupt flag is set again when this is thrown. */
public final class ChannelInterruptedException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    private final transient List<@Nullable Object> received;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public ChannelInterruptedException(String message) {
        super(message);
        this.received = List.of();
    }

    /**
     * Makes one with a cause.
     *
     * @param message what happened
     * @param cause the failure below, or null if there is none
     */
    public ChannelInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.received = List.of();
    }

    /**
     * Makes one for a call on several channels.
     *
     * @param message what happened
     * @param cause what the channel threw whose turn it was
     * @param received what the channels before it had given
     */
    public ChannelInterruptedException(
            String message, RuntimeException cause, List<? extends @Nullable Object> received) {
        super(message, cause);
        this.received = Collections.unmodifiableList(new ArrayList<>(received));
    }

    /**
     * What a call on several channels had received before, so that it is not lost.
     *
     * @return in the order of the channels; empty for a call on one
     */
    public List<@Nullable Object> received() {
        return received;
    }
}
