package execnet4j.pool;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.DumpException;
import execnet4j.error.ExecnetException;
import execnet4j.error.GatewayStartException;
import execnet4j.error.HostNotFoundException;
import execnet4j.error.RemoteTaskException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the worker of one place busy, and another one when it is lost. Runs in a thread of its own, which leaves no job
 * behind: however it ends, the job in hand is settled or given back, and the window knows that this place has no worker.
 */
final class WorkerLoop implements Runnable {
    /**
     * A place is given up that so often, without one answer in between, lost a worker before it had begun with an item, or
     * an item with all its retries. Losses of an item that has retries left do not count: they are bounded by those.
     */
    private static final int MAX_SETBACKS_IN_A_ROW = 5;

    /** The error of a task whose worker is being ended; the text is the protocol's. */
    private static final String INTERRUPTED = "keyboard-interrupted";

    private final Place place;
    private final JobWindow window;
    private final int retries;
    private volatile @Nullable PoolWorker worker;
    private @Nullable Job inHand;
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
            hasAnswered = true;
            setbacksInARow = 0;
            losses = 0;
            return null;
        } catch (DumpException unsendable) {
            window.settle(job, TaskResult.failure(item, "the item cannot be sent: " + message(unsendable)));
            return null;
        } catch (ChannelClosedException lost) {
            int itsLosses = begun ? job.countLoss() : 0;
            boolean spent = itsLosses > retries;
            if (spent) {
                window.settle(job, TaskResult.failure(item, fate(itsLosses, lost)));
            } else {
                window.giveBack(job);
            }
            if (spent || !begun) {
                setbacksInARow++;
            }
            return lost;
        } catch (ChannelInterruptedException interrupted) {
            throw interrupted;
        } catch (RemoteTaskException beyondTheItem) {
            if (!hasAnswered && !INTERRUPTED.equals(beyondTheItem.getMessage())) {
                throw beyondTheItem;
            }
            window.settle(job, TaskResult.failure(item, message(beyondTheItem)));
            setbacksInARow++;
            return beyondTheItem;
        } catch (RuntimeException | Error beyondTheItem) {
            window.settle(job, TaskResult.failure(item, message(beyondTheItem)));
            setbacksInARow++;
            return beyondTheItem;
        }
    }

    private void leave(String reason) {
        giveBackInHand();
        window.workerGone(reason);
    }

    private void giveBackInHand() {
        Job job = inHand;
        if (job != null) {
            window.giveBack(job);
        }
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
