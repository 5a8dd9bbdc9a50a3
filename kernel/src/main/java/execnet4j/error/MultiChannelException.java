package execnet4j.error;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation on several channels failed on some of them. The cause is the first failure, the others are suppressed. */
public final class MultiChannelException extends ExecnetException {
    private static final long serialVersionUID = 1L;

    private final transient List<@Nullable Object> received;

    /**
     * Makes one.
     *
     * @param message names the channels and their failures
     * @param failures what each of them threw; not empty
     * @param received what the other channels gave before, in their order
     */
    public MultiChannelException(
            String message, List<? extends RuntimeException> failures, List<? extends @Nullable Object> received) {
        super(message, failures.get(0));
        failures.subList(1, failures.size()).forEach(this::addSuppressed);
        this.received = Collections.unmodifiableList(new ArrayList<>(received));
    }

    /**
     * What was received before the failure, so that it is not lost.
     *
     * @return in the order of the channels; empty where nothing was to be received
     */
    public List<@Nullable Object> received() {
        return received;
    }
}
