package execnet4j.concurrent;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Grows to what runs at once; its threads end after a second of idleness. One more thread is held in reserve, for when the
 * system gives none: without it, what must be told to somebody would never be told.
 */
public final class ElasticPool implements Executor {
    private static final long IDLE_SECONDS = 1;

    private final ThreadPoolExecutor threads;
    private final LinkedBlockingQueue<Runnable> late = new LinkedBlockingQueue<>();

    ElasticPool(ThreadFactory factory) {
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        // No method reference: see docs/adr/0011.
        DaemonThreads.start("execnet4j-reserve", new Runnable() {
            @Override
            public void run() {
                runLateOnes();
            }
        });
    }

    /** Has a job run on a thread of its own, or if there is none to be had, on the reserve, after others that wait for it. */
    @Override
    public void execute(Runnable job) {
        try {
            threads.execute(job);
        } catch (OutOfMemoryError e) {
            late.add(job);
        }
    }

    /**
     * Has a job run on a thread of its own, which it may keep for long.
     *
     * @param job what it does
     * @throws OutOfMemoryError if the system gives no thread; the job does not run
     */
    public void executeAlone(Runnable job) {
        threads.execute(job);
    }

    private void runLateOnes() {
        while (true) {
            try {
                late.take().run();
            } catch (InterruptedException e) {
                // It was meant for a job that is over; catching it cleared the flag.
            } catch (Throwable e) {
                Thread self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, e);
            }
        }
    }
}
