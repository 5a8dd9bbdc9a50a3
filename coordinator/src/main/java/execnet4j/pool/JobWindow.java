package execnet4j.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The jobs between the first whose result nobody has taken yet and the last item read: the one place where who reads items,
 * the workers' threads and who takes results meet. A job is in {@code inOrder} all that time, and in {@code waiting} while no
 * worker has it.
 *
 * <p>The lock guards all of it. No method calls out while it holds the lock.
 */
final class JobWindow {
    private final int capacity;
    /** Who reads items is woken for several at once, as each waking takes time from the workers on this machine. */
    private final int refillAt;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition space = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Condition results = lock.newCondition();

    @GuardedBy("lock")
    private final Deque<Job> inOrder = new ArrayDeque<>();

    @GuardedBy("lock")
    private final Deque<Job> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int workers;

    /** Workers that wait for a job. */
    @GuardedBy("lock")
    private int idle;

    @GuardedBy("lock")
    private int unsettled;

    @GuardedBy("lock")
    private boolean inputEnded;

    @GuardedBy("lock")
    private @Nullable RuntimeException inputFailure;

    @GuardedBy("lock")
    private @Nullable String noWorkerLeft;

    @GuardedBy("lock")
    private @Nullable RuntimeException unusable;

    @GuardedBy("lock")
    private boolean closed;

    JobWindow(int capacity, int workers) {
        this.capacity = capacity;
        this.refillAt = capacity - Math.max(1, capacity / 8);
        this.workers = workers;
    }

    /** Adds an item once there is space; false if no more are wanted. */
    boolean put(@Nullable Object item) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inOrder.size() >= capacity && !closed && unusable == null) {
                space.await();
            }
            if (closed || unusable != null) {
                return false;
            }
            Job job = new Job(item);
            inOrder.add(job);
            if (noWorkerLeft == null) {
                unsettled++;
                waiting.add(job);
                work.signal();
            } else {
                job.settle(TaskResult.failure(item, noWorkerLeft));
            }
            if (inOrder.size() == 1) {
                results.signalAll();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** No item follows; where reading them failed, why. */
    void endInput(@Nullable RuntimeException failure) {
        lock.lock();
        try {
            inputEnded = true;
            inputFailure = failure;
            work.signalAll();
            results.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next job for a worker, or null when there will be none: even then only after the last one is settled. */
    @Nullable
    Job take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            idle++;
            try {
                while (waiting.isEmpty() && !closed && !(inputEnded && unsettled == 0)) {
                    work.await();
                }
            } finally {
                idle--;
            }
            return closed ? null : waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** A job for a worker that has one; null if there is none, or a worker without one wants it. */
    @Nullable
    Job takeAhead() {
        lock.lock();
        try {
            return closed || idle > 0 ? null : waiting.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Another worker shall have the job, before any other job. */
    void giveBack(Job job) {
        lock.lock();
        try {
            if (noWorkerLeft == null) {
                waiting.addFirst(job);
                work.signal();
            } else {
                settleLocked(job, TaskResult.failure(job.item(), noWorkerLeft));
            }
        } finally {
            lock.unlock();
        }
    }

    void settle(Job job, TaskResult<?> result) {
        lock.lock();
        try {
            settleLocked(job, result);
        } finally {
            lock.unlock();
        }
    }

    /** A worker is gone and not replaced. After the last one every item fails with its reason. */
    void workerGone(String reason) {
        lock.lock();
        try {
            workers--;
            if (workers > 0 || noWorkerLeft != null) {
                return;
            }
            noWorkerLeft = "no worker is left: " + reason;
            for (Job job = waiting.poll(); job != null; job = waiting.poll()) {
                settleLocked(job, TaskResult.failure(job.item(), noWorkerLeft));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The function cannot begin at a worker, which cost no item anything; where it is the last, taking results fails. */
    void functionUnusable(RuntimeException why) {
        lock.lock();
        try {
            workers--;
            if (workers == 0) {
                unusable = why;
                space.signalAll();
                results.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a result follows, or a failure to read the items; waits for the next item if need be. */
    boolean awaitNext(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inOrder.isEmpty() && !inputEnded && !closed && unusable == null) {
                results.awaitNanos(nanosLeft(deadline));
            }
            return !closed && (!inOrder.isEmpty() || inputFailure != null || unusable != null);
        } finally {
            lock.unlock();
        }
    }

    /** The result of the first job that is left. */
    TaskResult<?> next(Deadline deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Job first = inOrder.peek();
                if (first == null && inputFailure != null) {
                    throw inputFailure;
                }
                if (closed || (first == null && inputEnded)) {
                    throw new NoSuchElementException(closed ? "the results are closed" : "there are no more results");
                }
                TaskResult<?> result = first == null ? null : first.result();
                if (result != null) {
                    inOrder.remove();
                    if (inOrder.size() <= refillAt) {
                        space.signal();
                    }
                    return result;
                }
                if (unusable != null) {
                    throw unusable;
                }
                results.awaitNanos(nanosLeft(deadline));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is, or may come, a job that is not done. */
    boolean goesOn() {
        lock.lock();
        try {
            return !closed && !(inputEnded && unsettled == 0);
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody; whoever waits is told that there is nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            space.signalAll();
            work.signalAll();
            results.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long nanosLeft(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        if (nanos <= 0) {
            throw new ChannelTimeoutException("no result of the pool in time; it may be asked for again");
        }
        return nanos;
    }

    @GuardedBy("lock")
    private void settleLocked(Job job, TaskResult<?> result) {
        job.settle(result);
        unsettled--;
        if (job == inOrder.peek()) {
            results.signalAll();
        }
        if (inputEnded && unsettled == 0) {
            work.signalAll();
        }
    }
}
