package execnet4j.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.channel.Channel;
import execnet4j.channel.Connection;
import execnet4j.channel.ErrorText;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.concurrent.VirtualThreads;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.GatewayLostException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs a worker's tasks on the threads that its model wants, and knows which are running. */
final class TaskRunner {
    /** What the starter of a task that was interrupted is told; the text is the protocol's. */
    static final String INTERRUPTED = "keyboard-interrupted";

    /** What the starter of a second task at once is told where only the main thread runs tasks. */
    static final String DEADLOCK =
            "a second task at once would deadlock: with execmodel=main_thread_only tasks run one after another";

    /** What the starter of a task is told that the system gives no thread for. */
    static final String NO_THREAD = "the worker has no thread or no memory left to run this task; run fewer at once";

    private final Connection connection;
    private final TaskThreads model;
    private final Executor threads;
    private final MainThreadTasks mainThread = new MainThreadTasks();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();

    @GuardedBy("lock")
    private final Set<Thread> running = new HashSet<>();

    /** Accepted and not ended, running or about to: what a status counts. */
    @GuardedBy("lock")
    private int executing;

    /** Those, the ended ones whose starter has not been told yet, and services. */
    @GuardedBy("lock")
    private int unfinished;

    @GuardedBy("lock")
    private boolean interrupting;

    TaskRunner(Connection connection, TaskThreads model) {
        // No method reference: see docs/adr/0011.
        this(connection, model, new Executor() {
            @Override
            public void execute(Runnable job) {
                DaemonThreads.pool().executeAlone(job);
            }
        });
    }

    TaskRunner(Connection connection, TaskThreads model, Executor threads) {
        this.connection = connection;
        this.model = model;
        this.threads = threads;
    }

    TaskThreads model() {
        return model;
    }

    /** Tasks that were accepted and have not ended. */
    int executing() {
        lock.lock();
        try {
            return executing;
        } finally {
            lock.unlock();
        }
    }

    /** Has a task run. Does not wait. What it cannot be given a thread for is its error, and the worker goes on. */
    void start(Channel channel, TaskBody task) {
        lock.lock();
        try {
            executing++;
            unfinished++;
        } finally {
            lock.unlock();
        }
        // No lambda: see docs/adr/0011.
        Runnable work = new Runnable() {
            @Override
            public void run() {
                TaskRunner.this.run(channel, task);
            }
        };
        try {
            switch (model) {
                case THREAD -> threads.execute(work);
                case VIRTUAL -> VirtualThreads.start(work);
                case MAIN_THREAD_ONLY -> mainThread.submit(work, () -> refuse(channel, task, DEADLOCK));
            }
        } catch (OutOfMemoryError e) {
            refuse(channel, task, NO_THREAD);
        }
    }

    /** Has something run that is no task, see {@link execnet4j.protocol.TaskOrder#service}. Only the worker's end waits for it. */
    void startService(Channel channel, TaskBody service) {
        lock.lock();
        try {
            unfinished++;
        } finally {
            lock.unlock();
        }
        try {
            threads.execute(() -> serve(channel, service));
        } catch (OutOfMemoryError e) {
            service.close();
            tellEnd(channel, NO_THREAD);
        }
    }

    private void serve(Channel channel, TaskBody service) {
        String error = null;
        try (service) {
            service.run(channel);
        } catch (Throwable e) {
            error = ErrorText.of(e);
        }
        tellEnd(channel, error);
    }

    private void tellEnd(Channel channel, @Nullable String error) {
        try {
            connection.endTask(channel, error);
        } finally {
            finished();
        }
    }

    private void refuse(Channel channel, TaskBody task, String why) {
        task.close();
        ended(channel, why, true);
    }

    /** The main thread's work: serves tasks where they want it, and keeps the process alive in any case. */
    void serveMainThread() {
        mainThread.serve();
    }

    /** Waits until no task is left. */
    boolean awaitIdle(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (unfinished > 0) {
                long left = deadline.remainingNanos();
                if (left <= 0) {
                    return false;
                }
                idle.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts what runs and whatever begins from now on. */
    void interruptAll() {
        lock.lock();
        try {
            interrupting = true;
            running.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    private void run(Channel channel, TaskBody task) {
        begin();
        String error = null;
        boolean tell = true;
        try (task) {
            task.run(channel);
        } catch (InterruptedException | ChannelInterruptedException e) {
            error = INTERRUPTED;
        } catch (GatewayLostException e) {
            // Whoever started it is gone or has ended this gateway, and knows.
            tell = connection.isLive();
            error = ErrorText.of(e);
        } catch (Throwable e) {
            error = ErrorText.of(e);
        }
        TaskOutput.endLines();
        end();
        ended(channel, error, tell);
    }

    private void begin() {
        lock.lock();
        try {
            running.add(Thread.currentThread());
            if (interrupting) {
                Thread.currentThread().interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt that came too late is left set: nothing here waits, and both pool and main thread clear it themselves. */
    private void end() {
        lock.lock();
        try {
            running.remove(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    private void ended(Channel channel, @Nullable String error, boolean tell) {
        lock.lock();
        try {
            executing--;
        } finally {
            lock.unlock();
        }
        try {
            if (tell) {
                connection.endTask(channel, error);
            }
        } finally {
            finished();
        }
    }

    private void finished() {
        lock.lock();
        try {
            unfinished--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
