package execnet4j.pool;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.DumpException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.HostNotFoundException;
import execnet4j.error.RemoteTaskException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the worker of one place busy, and another one when it is lost. Runs in a thread of its own, which leaves no job
 * behind: however it ends, the jobs in hand are settled or given back, and the window knows that this place has no worker.
 *
 * <p>A worker whose answers come fast is sent the next item while it is at work on one, so that it need not wait for it. It
 * has not begun with that one: where it is lost meanwhile, the item goes to another worker and that is no loss of the item's.
 */
final class WorkerLoop implements Runnable {
    /**
     * A place is given up that so often, without one answer in between, lost a worker before it had begun with an item, or
     * an item with all its retries. Losses of an item that has retries left do not count: they are bounded by those.
     */
    private static final int MAX_SETBACKS_IN_A_ROW = 5;

    /** A worker that took longer for an item gets the next one only when it is done: another may be free sooner. */
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The error of a task whose worker is being ended; the text is the protocol's. */
    private static final String INTERRUPTED = "keyboard-interrupted";

    private final Place place;
    private final JobWindow window;
    private final int retries;
    private volatile @Nullable PoolWorker worker;
    /** What the worker is at work on. */
    private @Nullable Job begun;
    /** What it is to do next, and is sent already or just being sent. */
    private @Nullable Job next;

    private boolean fast;
    private @Nullable Throwable lastLoss;
    private boolean hasAnswered;
    private int setbacksInARow;
    private int losses;

    WorkerLoop(Place place, JobWindow window, int retries) {
        this.place = place;
        this.window = window;
        this.retries = retries;
    }

    @Override
    public void run() {
        try {
            work();
        } catch (InterruptedException | ChannelInterruptedException e) {
            Thread.currentThread().interrupt();
            leave("the thread of its worker was interrupted");
        } catch (RemoteTaskException e) {
            giveBackInHand();
            window.functionUnusable(e);
        } catch (RuntimeException | Error e) {
            leave(reason(e));
        } finally {
            stop();
        }
    }

    /** Wakes the loop where it waits for its worker. */
    void stop() {
        PoolWorker current = worker;
        if (current != null) {
            current.close();
        }
    }

    private void work() throws InterruptedException {
        while (window.goesOn()) {
            if (setbacksInARow >= MAX_SETBACKS_IN_A_ROW) {
                leave(losses + " in one place were lost one after the other, the last one: " + message(lastLoss));
                return;
            }
            Throwable loss = serveUntilLost();
            if (loss != null) {
                stop();
                lastLoss = loss;
                losses++;
            }
        }
    }

    /** Null when there are no more jobs. */
    private @Nullable Throwable serveUntilLost() throws InterruptedException {
        PoolWorker started;
        try {
            started = place.start();
        } catch (HostNotFoundException hopeless) {
            throw hopeless;
        } catch (ChannelClosedException | GatewayStartException lost) {
            setbacksInARow++;
            return lost;
        }
        worker = started;
        fast = false;
        try {
            while (hasBegun(started)) {
                takeAnswer(started);
            }
            return null;
        } catch (ChannelClosedException lost) {
            workerLost(lost);
            return lost;
        } catch (ChannelInterruptedException interrupted) {
            throw interrupted;
        } catch (RemoteTaskException beyondTheItem) {
            if (!hasAnswered && !INTERRUPTED.equals(beyondTheItem.getMessage())) {
                throw beyondTheItem;
            }
            workerFailed(beyondTheItem);
            return beyondTheItem;
        } catch (RuntimeException | Error beyondTheItem) {
            workerFailed(beyondTheItem);
            return beyondTheItem;
        }
    }

    /** Sees to it that the worker has an item, and one more if it is fast; false when there are no more jobs. */
    private boolean hasBegun(PoolWorker current) throws InterruptedException {
        while (begun == null) {
            next = window.take();
            if (next == null) {
                return false;
            }
            begun = isSentFirst(current, next) ? next : null;
            next = null;
        }
        if (fast) {
            next = window.takeAhead();
            if (next != null && !isSentAhead(current, next)) {
                next = null;
            }
        }
        return true;
    }

    /** A worker that takes nothing has a reason, and tells it who asks for an answer: its function may have failed already. */
    private boolean isSentFirst(PoolWorker current, Job job) {
        try {
            return isSent(current, job);
        } catch (ChannelClosedException closed) {
            TaskResult<?> unused = current.answer(job.item());
            throw closed;
        }
    }

    /**
     * A worker that takes no more may have answered before, and what it was asked before is not to be blamed for an item that
     * fails on its way: so the answer decides what has become of the worker, and the item is somebody's next.
     */
    private boolean isSentAhead(PoolWorker current, Job job) {
        try {
            return isSent(current, job);
        } catch (ChannelInterruptedException interrupted) {
            throw interrupted;
        } catch (RuntimeException | Error failed) {
            window.giveBack(job);
            return false;
        }
    }

    /** An item that cannot be sent has its result. */
    private boolean isSent(PoolWorker current, Job job) {
        try {
            current.send(job.item());
            return true;
        } catch (DumpException unsendable) {
            window.settle(job, TaskResult.failure(job.item(), "the item cannot be sent: " + message(unsendable)));
            return false;
        }
    }

    private void takeAnswer(PoolWorker current) {
        Job job = Objects.requireNonNull(begun);
        long began = System.nanoTime();
        TaskResult<?> answer = current.answer(job.item());
        fast = System.nanoTime() - began < FAST_NANOS;
        window.settle(job, answer);
        begun = next;
        next = null;
        hasAnswered = true;
        setbacksInARow = 0;
        losses = 0;
    }

    private void workerLost(ChannelClosedException lost) {
        Job job = begun;
        begun = null;
        int itsLosses = job == null ? 0 : job.countLoss();
        boolean spent = itsLosses > retries;
        giveBackInHand();
        if (job != null) {
            if (spent) {
                window.settle(job, TaskResult.failure(job.item(), fate(itsLosses, lost)));
            } else {
                window.giveBack(job);
            }
        }
        if (spent || job == null) {
            setbacksInARow++;
        }
    }

    /** The item is the one that was begun with, or if there is none the one that was to be. */
    private void workerFailed(Throwable beyondTheItem) {
        Job job = begun == null ? next : begun;
        if (job != null) {
            next = begun == null ? null : next;
            begun = null;
            window.settle(job, TaskResult.failure(job.item(), message(beyondTheItem)));
        }
        giveBackInHand();
        setbacksInARow++;
    }

    private void leave(String reason) {
        giveBackInHand();
        window.workerGone(reason);
    }

    /** What was begun with first. */
    private void giveBackInHand() {
        for (Job job : Arrays.asList(next, begun)) {
            if (job != null) {
                window.giveBack(job);
            }
        }
        next = null;
        begun = null;
    }

    private String reason(Throwable failure) {
        return lastLoss == null
                ? message(failure)
                : "it was lost (" + message(lastLoss) + ") and none could be started in its place: " + message(failure);
    }

    private static String fate(int losses, ChannelClosedException last) {
        return losses == 1
                ? "the worker was lost with this item: " + message(last)
                : losses + " workers were lost with this item, the last one: " + message(last);
    }

    private static String message(@Nullable Throwable thrown) {
        String message = thrown instanceof ExecnetException || thrown instanceof IllegalStateException
                ? thrown.getMessage()
                : null;
        return message == null ? String.valueOf(thrown) : message;
    }
}
