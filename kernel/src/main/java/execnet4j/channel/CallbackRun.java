package execnet4j.channel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A callback and how far it has got: it runs on one thread at a time, from the pool, as long as there is something to
 * hand to it. Guarded by the channel's lock.
 */
final class CallbackRun {
    final Consumer<@Nullable Object> callback;
    final boolean wantsEndMarker;
    final @Nullable Object endMarker;

    /** The thread that is in the callback or about to be; null while nobody is. */
    @Nullable
    Thread runner;

    /** A run is under way or handed to the pool. */
    boolean scheduled;

    /** The endmarker, if one was wanted, has been handed over; nothing more will be. */
    boolean finished;

    CallbackRun(Consumer<@Nullable Object> callback, boolean wantsEndMarker, @Nullable Object endMarker) {
        this.callback = callback;
        this.wantsEndMarker = wantsEndMarker;
        this.endMarker = endMarker;
    }
}
