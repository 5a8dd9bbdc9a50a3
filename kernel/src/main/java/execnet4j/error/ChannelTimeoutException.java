package execnet4j.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link java.time.Duration} given to a blocking call ran out. Nothing was lost and the channel stays usable. */
public final class ChannelTimeoutException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    private final transient List<@Nullable Object> received;

    /**
     * Makes one without a cause.
     *
     * @param message what happened
     */
    public ChannelTimeoutException(String message) {
        super(message);
        this.received = List.of();
    }

    /**
     * Makes one for a call on several channels.
     *
     * @param message what happened
     * @param cause what the channel threw whose turn it was
     * @param received what the channels before it had given
     */
    public ChannelTimeoutException(String message, RuntimeException cause, List<? extends @Nullable Object> received) {
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
