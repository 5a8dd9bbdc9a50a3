package execnet4j.bootstrap;

import execnet4j.channel.Connection;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayLostException;
import execnet4j.error.LoadException;
import execnet4j.protocol.CodeTraffic;
import execnet4j.serial.Tuple;
import execnet4j.ship.CodeLibrary;
import execnet4j.wire.FrameType;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers a worker's requests for classes and resources, each by its name in the task class path, on threads of the pool.
 * A worker that asks for too many at once breaks the protocol.
 */
final class CodeAnswers {
    private final IntFunction<CodeLibrary> libraries;
    private final AtomicInteger pending = new AtomicInteger();
    private final Semaphore places = new Semaphore(CodeTraffic.ANSWERS_AT_ONCE);

    private volatile @Nullable CodeLibrary library;

    /** Answers from a library that depends on the worker's Java release. */
    CodeAnswers(IntFunction<CodeLibrary> libraries) {
        this.libraries = libraries;
    }

    /** The worker has said what it is. */
    void release(int release) {
        library = libraries.apply(release);
    }

    /** Reader thread: a request has come, a tuple of whether it is for a class, and the name. */
    void requested(Connection connection, int id, byte[] payload) {
        if (!(connection.decode(payload) instanceof Tuple request)
                || request.size() != 2
                || !(request.get(0) instanceof Boolean isClass)
                || !(request.get(1) instanceof String name)) {
            throw new LoadException("a request for code is not understood");
        }
        CodeLibrary known = library;
        if (known == null) {
            throw new LoadException("a request for code before the worker has said what it is");
        }
        if (pending.incrementAndGet() > CodeTraffic.MAX_PENDING) {
            throw new LoadException("more than " + CodeTraffic.MAX_PENDING + " requests for code at once");
        }
        DaemonThreads.pool().execute(() -> {
            places.acquireUninterruptibly();
            try {
                if (connection.isLive()) {
                    byte[] answer = connection.encode(answer(known, isClass, name));
                    // Before it is sent: the worker may ask again as soon as it has it.
                    pending.decrementAndGet();
                    connection.sendWithRoom(FrameType.CLASS_ANSWER, id, answer);
                }
            } catch (LoadException e) {
                connection.violated(String.valueOf(e.getMessage()), e);
            } catch (GatewayLostException e) {
                // Nobody is there to be answered.
            } finally {
                places.release();
            }
        });
    }

    private static Tuple answer(CodeLibrary library, boolean isClass, String name) {
        try {
            return Tuple.of(isClass ? library.classBytes(name) : library.resource(name), null);
        } catch (LoadException e) {
            throw e;
        } catch (ExecnetException e) {
            return Tuple.of(null, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            // The task waits for an answer; a class file that is none must not leave it without.
            return Tuple.of(null, name + " cannot be had: " + e);
        }
    }
}
