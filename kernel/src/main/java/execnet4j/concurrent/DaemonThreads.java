package execnet4j.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that keep no process alive: named ones for one long job, and an elastic pool for many short ones. */
public final class DaemonThreads {
    private static final AtomicLong NUMBER = new AtomicLong();
    private static final ElasticPool POOL = new ElasticPool(new ThreadFactory() {
        // No method reference: see docs/adr/0011.
        @Override
        public Thread newThread(Runnable job) {
            return poolThread(job);
        }
    });

    private DaemonThreads() {}

    /**
     * Starts a thread.
     *
     * @param name for its work, such as {@code execnet4j-reader-gw0}
     * @param job what it does; the thread ends with it
     * @return the thread, started
     */
    public static Thread start(String name, Runnable job) {
        Thread thread = new Thread(job, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * The pool, shared by all of the process.
     *
     * @return runs each job on a thread of its own, as long as there are any to be had
     */
    public static ElasticPool pool() {
        return POOL;
    }

    /**
     * A thread for an executor of fewer threads than jobs.
     *
     * @param job what it does
     * @return the thread, not started
     */
    public static Thread poolThread(Runnable job) {
        Thread thread = new Thread(job, "execnet4j-pool-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
