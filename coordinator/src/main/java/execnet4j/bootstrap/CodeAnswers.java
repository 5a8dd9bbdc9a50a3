package execnet4j.bootstrap;

import execnet4j.channel.Connection;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ExecnetException;
import execnet4j.error.LoadException;
import execnet4j.serial.Tuple;
import execnet4j.wire.FrameType;
import execnet4j.worker.CodeRequests;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers a worker's requests for classes and resources, each by its name in the task class path, on threads of the pool.
 * A worker that asks for too many at once breaks the protocol.
 */
final class CodeAnswers {
    /** The worker waits before it has asked for more at once than this. */
    private static final int MAX_PENDING = 256;

    private final CodeRequests library;
    private final AtomicInteger pending = new AtomicInteger();

    CodeAnswers(CodeRequests library) {
        this.library = library;
    }

    /** Reader thread: a request has come, a tuple of whether it is for a class, and the name. */
    void requested(Connection connection, int id, byte[] payload) {
        if (!(connection.decode(payload) instanceof Tuple request)
                || request.size() != 2
                || !(request.get(0) instanceof Boolean isClass)
                || !(request.get(1) instanceof String name)) {
            throw new LoadException("a request for code is not understood");
        }
        if (pending.incrementAndGet() > MAX_PENDING) {
            throw new LoadException("more than " + MAX_PENDING + " requests for code at once");
        }
        DaemonThreads.pool().execute(() -> {
            connection.send(FrameType.CLASS_ANSWER, id, connection.encode(answer(isClass, name)));
            pending.decrementAndGet();
        });
    }

    private Tuple answer(boolean isClass, String name) {
        try {
            return Tuple.of(isClass ? library.classBytes(name) : library.resource(name), null);
        } catch (ExecnetException | IllegalArgumentException e) {
            return Tuple.of(null, String.valueOf(e.getMessage()));
        }
    }
}
