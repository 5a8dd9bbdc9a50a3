package execnet4j.channel;

import execnet4j.testing.BytePipe;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A coordinator's and a worker's end of one gateway, joined in memory. */
public final class ConnectionPair implements AutoCloseable {
    private static final int PIPE_BYTES = 1 << 16;

    private final BytePipe toWorker = BytePipe.of(PIPE_BYTES);
    private final BytePipe toCoordinator = BytePipe.of(PIPE_BYTES);
    private final TestHost coordinatorHost;
    private final TestHost workerHost;
    private final Connection coordinator;
    private final Connection worker;
    private final AtomicInteger tasks = new AtomicInteger();

    private ConnectionPair(boolean extensions, long byteBudget) {
        ConnectionSettings atCoordinator = new ConnectionSettings("gw0", true, extensions, false, byteBudget);
        ConnectionSettings atWorker = new ConnectionSettings("gw0", false, extensions, false, byteBudget);
        coordinatorHost = new TestHost(atCoordinator);
        workerHost = new TestHost(atWorker);
        coordinator = new Connection(toCoordinator.input(), toWorker.output(), atCoordinator, coordinatorHost);
        worker = new Connection(toWorker.input(), toCoordinator.output(), atWorker, workerHost);
        start();
    }

    private ConnectionPair(SocketPair sockets, long byteBudget) throws IOException {
        ConnectionSettings atCoordinator = new ConnectionSettings("gw0", true, true, false, byteBudget);
        ConnectionSettings atWorker = new ConnectionSettings("gw0", false, true, false, byteBudget);
        coordinatorHost = new TestHost(atCoordinator);
        workerHost = new TestHost(atWorker);
        coordinator = new Connection(sockets.one(), atCoordinator, coordinatorHost);
        worker = new Connection(sockets.other(), atWorker, workerHost);
        start();
    }

    private void start() {
        coordinatorHost.connection(coordinator);
        workerHost.connection(worker);
        coordinator.start();
        worker.start();
    }

    public static ConnectionPair open() {
        return new ConnectionPair(true, 1 << 20);
    }

    static ConnectionPair withBudget(long byteBudget) {
        return new ConnectionPair(true, byteBudget);
    }

    static ConnectionPair withoutExtensions(long byteBudget) {
        return new ConnectionPair(false, byteBudget);
    }

    /** Joined by a unix socket; each end closes it when it has ended. */
    static ConnectionPair overSocket(long byteBudget) {
        try {
            return new ConnectionPair(SocketPair.open(), byteBudget);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Connection coordinator() {
        return coordinator;
    }

    public Connection worker() {
        return worker;
    }

    public TestHost coordinatorHost() {
        return coordinatorHost;
    }

    public TestHost workerHost() {
        return workerHost;
    }

    /** Runs a task at the worker's end. */
    public Channel start(RemoteTask task) {
        String name = "task" + tasks.incrementAndGet();
        workerHost.register(name, task);
        return coordinator.exec(coordinator.encode(name));
    }

    /** Has the worker's end get a payload as code. */
    public Channel exec(Object code) {
        return coordinator.exec(coordinator.encode(code));
    }

    /** As if the worker's process had been killed. */
    public void killWorker() {
        toCoordinator.cut();
        toWorker.cut();
    }

    @Override
    public void close() {
        toWorker.cut();
        toCoordinator.cut();
        coordinator.terminatePeer();
        try {
            worker.ended().get(10, TimeUnit.SECONDS);
            worker.finish(Duration.ofSeconds(10));
            coordinator.ended().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the connections did not end", e);
        }
    }
}
