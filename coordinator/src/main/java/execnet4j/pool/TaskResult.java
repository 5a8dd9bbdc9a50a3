package execnet4j.pool;

import execnet4j.error.RemoteTaskException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item.
 *
 * @param <R> what the function returns. A value that came over a channel is of the smallest type that holds it: where a
 *     function declares {@code Long} a small number is an {@code Integer}, and taking it as a {@code Long} fails
 * @param item the item as it was given
 * @param value what the function returned for it; null if it returned nothing, or failed
 * @param error why there is no value: the remote traceback if the function failed, otherwise what became of the workers that
 *     had the item; null if the function returned
 */
public record TaskResult<R extends @Nullable Object>(
        @Nullable Object item, @Nullable R value, @Nullable String error) {
    /**
     * The item's function returned.
     *
     * @param <R> what it returns
     * @param item the item
     * @param value what it returned
     * @return a result without an error
     */
    public static <R extends @Nullable Object> TaskResult<R> success(@Nullable Object item, @Nullable R value) {
        return new TaskResult<>(item, value, null);
    }

    /**
     * There is no value for the item.
     *
     * @param <R> what the function would have returned
     * @param item the item
     * @param error why
     * @return a result without a value
     */
    public static <R extends @Nullable Object> TaskResult<R> failure(@Nullable Object item, String error) {
        return new TaskResult<>(item, null, error);
    }

    /**
     * What the function returned for the item.
     *
     * @return the value; null if that is what it returned
     * @throws RemoteTaskException if there is none: the message is {@link #error()}
     */
    @Override
    public @Nullable R value() {
        if (error != null) {
            throw new RemoteTaskException(error);
        }
        return value;
    }

    /**
     * Whether there is no value.
     *
     * @return whether {@link #error()} says why
     */
    public boolean failed() {
        return error != null;
    }
}
