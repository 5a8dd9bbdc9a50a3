package execnet4j.pool;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.DumpException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.HostNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the worker of one place busy, and another one when it is lost. Runs in a thread of its own, which leaves no job
 * behind: however it ends, the job in hand is settled or given back, and the window knows that this place has no worker.
 */
final class WorkerLoop implements Runnable {
    /** A place that loses so many workers without one answer in between is given up. */
    private static final int MAX_LOSSES_IN_A_ROW = 5;

    private final Place place;
    private final JobWindow window;
    private final int retries;
    private volatile @Nullable PoolWorker worker;
    private @Nullable Job inHand;
    private @Nullable Throwable lastLoss;
    private int lossesInARow;

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
            if (lossesInARow >= MAX_LOSSES_IN_A_ROW) {
                leave(lossesInARow + " in one place were lost one after the other, the last one: " + message(lastLoss));
                return;
            }
            Throwable loss = serveUntilLost();
            if (loss != null) {
                stop();
                lastLoss = loss;
                lossesInARow++;
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
            return lost;
        }
        worker = started;
        for (inHand = window.take(); inHand != null; inHand = window.take()) {
            Throwable loss = serve(started, inHand);
            inHand = null;
            if (loss != null) {
                return loss;
            }
        }
        return null;
    }

    /** Settles the job or gives it back; what the worker was lost by, or null if it can have the next job. */
    private @Nullable Throwable serve(PoolWorker current, Job job) {
        Object item = job.item();
        boolean begun = false;
        try {
            current.send(item);
            begun = true;
            window.settle(job, current.answer(item));
            lossesInARow = 0;
            return null;
        } catch (DumpException unsendable) {
            window.settle(job, TaskResult.failure(item, "the item cannot be sent: " + message(unsendable)));
            return null;
        } catch (ChannelClosedException lost) {
            int losses = begun ? job.countLoss() : 0;
            if (losses > retries) {
                window.settle(job, TaskResult.failure(item, fate(losses, lost)));
            } else {
                window.giveBack(job);
            }
            return lost;
        } catch (ChannelInterruptedException interrupted) {
            throw interrupted;
        } catch (RuntimeException | Error beyondTheItem) {
            window.settle(job, TaskResult.failure(item, message(beyondTheItem)));
            return beyondTheItem;
        }
    }

    private void leave(String reason) {
        Job job = inHand;
        if (job != null) {
            window.giveBack(job);
        }
        window.workerGone(reason);
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
