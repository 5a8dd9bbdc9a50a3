package execnet4j.worker;

import org.jspecify.annotations.Nullable;

/** A shipped function of one item, the item converted to what it takes. */
@FunctionalInterface
interface ItemFunction {
    @Nullable
    Object apply(@Nullable Object item) throws Exception;
}
