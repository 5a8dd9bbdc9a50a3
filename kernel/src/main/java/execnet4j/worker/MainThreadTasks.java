package execnet4j.worker;

import execnet4j.concurrent.DaemonThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives jobs to the process's main thread, one at a time. A job that cannot begin within a second is refused. */
final class MainThreadTasks {
    private static final long PATIENCE_MILLIS = 1_000;

    private final LinkedBlockingQueue<Job> queue = new LinkedBlockingQueue<>();

    private static final class Job {
        final Runnable work;
        final AtomicBoolean claimed = new AtomicBoolean();
        final CountDownLatch begun = new CountDownLatch(1);

        Job(Runnable work) {
            this.work = work;
        }
    }

    /** Hands a job over; {@code refused} runs instead of it if the main thread is not free in time. Does not wait. */
    void submit(Runnable work, Runnable refused) {
        Job job = new Job(work);
        queue.add(job);
        DaemonThreads.pool().execute(() -> {
            if (!beginsInTime(job) && job.claimed.compareAndSet(false, true)) {
                refused.run();
            }
        });
    }

    private static boolean beginsInTime(Job job) {
        try {
            return job.begun.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The main thread's work, for as long as the process lives. */
    void serve() {
        while (true) {
            try {
                Job job = queue.take();
                if (job.claimed.compareAndSet(false, true)) {
                    job.begun.countDown();
                    // An interrupt that came with the job was meant for an earlier one; to throw it was too late.
                    boolean unused = Thread.interrupted();
                    job.work.run();
                }
            } catch (InterruptedException e) {
                // It came too late for the task it was meant for; catching it cleared the flag.
            }
        }
    }
}
