package execnet4j.channel;

import java.io.Serializable;

/**
 * A function of one value that runs in a worker. As with {@link RemoteTask}, a lambda may capture what a channel may carry
 * and nothing else.
 *
 * @param <T> the argument: a value that a channel may carry
 * @param <R> the result: a value that a channel may carry
 */
@FunctionalInterface
public interface RemoteFunction<T, R> extends Serializable {
    /**
     * Runs in the worker.
     *
     * @param value the argument
     * @return the result
     * @throws Exception any failure of the function
     */
    R apply(T value) throws Exception;
}
