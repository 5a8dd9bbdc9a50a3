package execnet4j.pool;

import org.jspecify.annotations.Nullable;

/**
 * What became of one item.
 *
 * @param item the item as it was given
 * @param value what the task returned for it; null if it returned nothing, or failed
 * @param error why there is no value: the remote traceback if the task failed, otherwise what became of the workers that
 *     had the item; null if the task returned
 */
public record TaskResult(
        @Nullable Object item,
        @Nullable Object value,
        @Nullable String error) {
    /**
     * The item's task returned.
     *
     * @param item the item
     * @param value what it returned
     * @return a result without an error
     */
    public static TaskResult success(@Nullable Object item, @Nullable Object value) {
        return new TaskResult(item, value, null);
    }

    /**
     * There is no value for the item.
     *
     * @param item the item
     * @param error why
     * @return a result without a value
     */
    public static TaskResult failure(@Nullable Object item, String error) {
        return new TaskResult(item, null, error);
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
