package execnet4j.channel;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A callback and how far it has got: it runs on one pool thread at a time, as long as there is something to hand to it. */
final class CallbackRun implements ItemConsumer, Runnable {
    private final Channel channel;
    private final Inbox inbox;
    private final Consumer<@Nullable Object> callback;
    private final Runnable atEnd;
    private final Executor threads;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile @Nullable Thread runner;
    private volatile boolean finished;

    /**
     * A callback for a channel.
     *
     * @param callback gets each value
     * @param atEnd runs after the last
     * @param threads runs them
     */
    CallbackRun(Channel channel, Inbox inbox, Consumer<@Nullable Object> callback, Runnable atEnd, Executor threads) {
        this.channel = channel;
        this.inbox = inbox;
        this.callback = callback;
        this.atEnd = atEnd;
        this.threads = threads;
    }

    @Override
    public void available(int items, boolean ended) {
        if (scheduled.compareAndSet(false, true)) {
            boolean accepted = false;
            try {
                threads.execute(this);
                accepted = true;
            } finally {
                if (!accepted) {
                    // Whatever was thrown ends the connection, and then the end is to be told here.
                    scheduled.set(false);
                }
            }
        }
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public boolean isBusyHere() {
        return runner == Thread.currentThread();
    }

    @Override
    public void run() {
        runner = Thread.currentThread();
        Item item = inbox.next();
        while (item != null && !finished) {
            if (item == Item.END) {
                guarded(atEnd);
                finished = true;
                inbox.consumerFinished();
            } else {
                handOver(item);
            }
            item = inbox.next();
        }
        runner = null;
        scheduled.set(false);
        // What came between the last look and here has found a run scheduled and has not started another.
        if (!finished && inbox.hasNext()) {
            available(1, false);
        }
    }

    private void handOver(Item item) {
        guarded(() -> callback.accept(channel.decode(item)));
        inbox.taken(item);
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            channel.callbackFailed(e);
        }
    }
}
