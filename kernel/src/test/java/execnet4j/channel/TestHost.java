package execnet4j.channel;

import execnet4j.concurrent.DaemonThreads;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A host for tests: runs tasks by their names as a worker does, or refuses all code as a coordinator does. */
public final class TestHost implements ConnectionHost, Endpoint {
    private final ConnectionSettings settings;
    private final Map<String, RemoteTask> tasks = new ConcurrentHashMap<>();
    private final CompletableFuture<Connection> connection = new CompletableFuture<>();
    final BlockingQueue<Byte> extensionFrames = new LinkedBlockingQueue<>();
    final BlockingQueue<Loss> losses = new LinkedBlockingQueue<>();
    final BlockingQueue<Channel> execs = new LinkedBlockingQueue<>();
    volatile boolean terminated;
    /** What happens when the connection asks why it is over; a test may have it fail. */
    volatile Runnable onDiagnose = () -> {};

    /** What happens on the reader thread when code is to be run; a test may have it fail. */
    volatile Runnable onExec = () -> {};

    private volatile @Nullable BiConsumer<Channel, byte[]> execution;
    private volatile BiConsumer<Integer, byte[]> extension = (id, payload) -> {};
    private volatile Consumer<Loss> lossListener = loss -> {};

    public TestHost(ConnectionSettings settings) {
        this.settings = settings;
    }

    void connection(Connection made) {
        connection.complete(made);
    }

    public Connection connection() {
        return connection.join();
    }

    void register(String name, RemoteTask task) {
        tasks.put(name, task);
    }

    @Override
    public String id() {
        return settings.id();
    }

    @Override
    public Channel newChannel() {
        return connection().newChannel();
    }

    @Override
    public Endpoint endpoint() {
        return this;
    }

    /** Has code run by something else than the registry. */
    public void onExec(BiConsumer<Channel, byte[]> runner) {
        execution = runner;
    }

    /** Hands over frames of extensions: their ids and payloads. */
    public void onExtension(BiConsumer<Integer, byte[]> handler) {
        extension = handler;
    }

    /** Hears of the loss, as a host does. */
    public void onEnded(Consumer<Loss> listener) {
        lossListener = listener;
    }

    @Override
    public void exec(Channel channel, byte[] payload) {
        onExec.run();
        BiConsumer<Channel, byte[]> runner = execution;
        if (runner != null) {
            runner.accept(channel, payload);
            return;
        }
        if (settings.coordinator()) {
            connection().endTask(channel, "refused");
            return;
        }
        execs.add(channel);
        RemoteTask task = tasks.get(String.valueOf(connection().decode(payload)));
        if (task != null) {
            DaemonThreads.pool().execute(() -> run(channel, task));
        }
    }

    private void run(Channel channel, RemoteTask task) {
        String error = null;
        try {
            task.run(channel);
        } catch (Throwable e) {
            error = ErrorText.of(e);
        }
        connection().endTask(channel, error);
    }

    @Override
    public Map<String, Object> status() {
        return Map.of("numexecuting", 0, "execmodel", "thread");
    }

    @Override
    public void terminate() {
        terminated = true;
    }

    @Override
    public boolean extension(byte type, int id, byte[] payload) {
        extensionFrames.add(type);
        extension.accept(id, payload);
        return true;
    }

    @Override
    public Loss diagnose(String reason, @Nullable Throwable cause) {
        onDiagnose.run();
        return new Loss("lost: " + reason, null, cause);
    }

    @Override
    public void ended(Loss loss) {
        losses.add(loss);
        lossListener.accept(loss);
    }
}
