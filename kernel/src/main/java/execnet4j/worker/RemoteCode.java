package execnet4j.worker;

import execnet4j.channel.Connection;
import execnet4j.channel.Loss;
import execnet4j.error.ExecnetException;
import execnet4j.error.LoadException;
import execnet4j.protocol.CodeTraffic;
import execnet4j.serial.Tuple;
import execnet4j.wire.FrameType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the coordinator for classes and resources by name, over frames. The asking thread waits for the answer; a loss of
 * the coordinator ends the waiting. It is not interruptible: a class whose loading was interrupted would stay missing for
 * every later task.
 */
final class RemoteCode implements CodeRequests {
    private final Connection connection;
    private final Map<Integer, CompletableFuture<byte @Nullable []>> pending = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Semaphore places = new Semaphore(CodeTraffic.MAX_PENDING);

    RemoteCode(Connection connection) {
        this.connection = connection;
    }

    @Override
    public byte @Nullable [] classBytes(String binaryName) {
        return ask(true, binaryName);
    }

    @Override
    public byte @Nullable [] resource(String name) {
        return ask(false, name);
    }

    private byte @Nullable [] ask(boolean isClass, String name) {
        places.acquireUninterruptibly();
        int id = next.incrementAndGet();
        CompletableFuture<byte @Nullable []> answer = new CompletableFuture<>();
        pending.put(id, answer);
        try {
            connection.send(FrameType.CLASS_REQUEST, id, connection.encode(Tuple.of(isClass, name)));
            if (!connection.isLive()) {
                throw new ExecnetException("the coordinator, which has " + name + ", is gone");
            }
            return answer.join();
        } catch (CompletionException e) {
            throw new ExecnetException("the coordinator did not give " + name + ": " + e.getCause(), e.getCause());
        } finally {
            pending.remove(id);
            places.release();
        }
    }

    /** The coordinator is gone: whoever waits for it learns so. */
    void lost(Loss loss) {
        pending.values().forEach(answer -> answer.completeExceptionally(loss.toException()));
    }

    /** Reader thread: an answer, a tuple of the bytes (null if there is no such name) and an error text (mostly null). */
    void answered(int id, byte[] payload) {
        CompletableFuture<byte @Nullable []> answer = pending.get(id);
        if (answer == null) {
            return;
        }
        if (!(connection.decode(payload) instanceof Tuple tuple) || tuple.size() != 2) {
            throw new LoadException("an answer to a request for code is not understood");
        }
        if (tuple.get(1) instanceof String error) {
            answer.completeExceptionally(new ExecnetException(error));
        } else {
            answer.complete(tuple.get(0) instanceof byte[] bytes ? bytes : null);
        }
    }
}
