package execnet4j.channel;

import java.io.Serializable;

/**
 * Code that runs in a worker, with one end of a channel in hand; the starter holds the other end.
 *
 * <p>A lambda or method reference may capture what a channel may carry and nothing else. The interface is
 * {@link Serializable} only so that the compiler leaves a description of the lambda to be read: no object is ever written
 * or read with Java serialization.
 */
@FunctionalInterface
public interface RemoteTask extends Serializable {
    /**
     * Runs in the worker. The channel closes by itself when this returns or throws; what it throws reaches the other end
     * as a {@link execnet4j.error.RemoteTaskException}.
     *
     * @param channel the worker's end of the channel; must not be closed explicitly
     * @throws Exception any failure of the task
     */
    void run(Channel channel) throws Exception;
}
