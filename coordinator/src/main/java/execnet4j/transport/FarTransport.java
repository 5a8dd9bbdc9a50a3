package execnet4j.transport;

import java.util.function.BooleanSupplier;

/** By way of a process that is not the worker's own, such as ssh. To kill that alone may leave the worker to itself. */
public interface FarTransport extends Transport {
    /**
     * How to kill the worker elsewhere, to be known before it is killed.
     *
     * @param way blocks for a second at most; says whether the worker was killed
     */
    void killThere(BooleanSupplier way);
}
