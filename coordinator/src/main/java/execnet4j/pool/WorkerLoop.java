package execnet4j.pool;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.DumpException;
import execnet4j.error.ExecnetException;

/** Keeps one worker busy, and another in its place when it is lost. Runs in a thread of its own. */
final class WorkerLoop implements Runnable {
    /** A place that loses so many workers without one answer in between is given up. */
    private static final int MAX_LOSSES_IN_A_ROW = 5;

    private final JobWindow window;
    private final int retries;
    private volatile PoolWorker worker;
    private int lossesInARow;

    WorkerLoop(PoolWorker worker, JobWindow window, int retries) {
        this.worker = worker;
        this.window = window;
        this.retries = retries;
    }

    @Override
    public void run() {
        try {
            Job job = window.take();
            while (job != null && serve(job)) {
                job = window.take();
            }
        } catch (InterruptedException | ChannelInterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            worker.close();
        }
    }

    /** Wakes the loop where it waits for its worker. */
    void stop() {
        worker.close();
    }

    /** Whether there is a worker for the next job. */
    private boolean serve(Job job) {
        Object item = job.item();
        boolean begun = false;
        try {
            worker.send(item);
            begun = true;
            window.settle(job, worker.answer(item));
            lossesInARow = 0;
            return true;
        } catch (DumpException unsendable) {
            window.settle(job, TaskResult.failure(item, "the item cannot be sent: " + message(unsendable)));
            return true;
        } catch (ChannelClosedException lost) {
            int losses = begun ? job.countLoss() : 0;
            if (losses > retries) {
                window.settle(job, TaskResult.failure(item, fate(losses, lost)));
            } else {
                window.giveBack(job);
            }
            return replaceAfter(lost);
        } catch (ChannelInterruptedException interrupted) {
            throw interrupted;
        } catch (RuntimeException | Error beyondTheItem) {
            window.settle(job, TaskResult.failure(item, message(beyondTheItem)));
            return replaceAfter(beyondTheItem);
        }
    }

    private boolean replaceAfter(Throwable cause) {
        if (window.isClosed()) {
            return false;
        }
        lossesInARow++;
        if (lossesInARow >= MAX_LOSSES_IN_A_ROW) {
            window.workerGone(
                    lossesInARow + " in one place were lost one after the other, the last one: " + message(cause));
            return false;
        }
        try {
            worker = worker.replace();
            return true;
        } catch (RuntimeException unreplaceable) {
            window.workerGone("it was lost (" + message(cause) + ") and none could be started in its place: "
                    + message(unreplaceable));
            return false;
        }
    }

    private static String fate(int losses, ChannelClosedException last) {
        return losses == 1
                ? "the worker was lost with this item: " + message(last)
                : losses + " workers were lost with this item, the last one: " + message(last);
    }

    private static String message(Throwable thrown) {
        String message = thrown instanceof ExecnetException ? thrown.getMessage() : null;
        return message == null ? thrown.toString() : message;
    }
}
