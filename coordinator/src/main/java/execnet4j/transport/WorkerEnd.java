package execnet4j.transport;

import java.util.OptionalInt;

/**
 * How a worker ended, as far as its transport can tell.
 *
 * @param seen false if only the way to it is gone, and nobody knows what became of it
 * @param status the exit status of its process, empty where there is none to know of
 */
public record WorkerEnd(boolean seen, OptionalInt status) {
    /** It closed the connection by itself. */
    static final WorkerEnd CLOSED = new WorkerEnd(true, OptionalInt.empty());

    /** The connection broke or was left. */
    static final WorkerEnd OUT_OF_SIGHT = new WorkerEnd(false, OptionalInt.empty());

    static WorkerEnd of(int status) {
        return new WorkerEnd(true, OptionalInt.of(status));
    }
}
