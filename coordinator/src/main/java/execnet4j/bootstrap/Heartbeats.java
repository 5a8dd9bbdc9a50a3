package execnet4j.bootstrap;

import execnet4j.channel.Connection;
import execnet4j.channel.Heartbeat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one timer for all workers elsewhere. Its thread is there while there are any, and for a moment after. */
final class Heartbeats {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Heartbeats() {}

    /** Has a watch ticked until the connection ends. */
    static void begin(WorkerWatch watch, Connection connection) {
        long interval = Heartbeat.INTERVAL.toNanos();
        ScheduledFuture<?> ticks =
                TIMER.scheduleWithFixedDelay(() -> tick(watch), interval, interval, TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = connection.ended().thenRun(() -> ticks.cancel(false));
    }

    private static void tick(WorkerWatch watch) {
        try {
            watch.tick();
        } catch (OutOfMemoryError e) {
            // Thrown on, it would end the ticks; the next one may find more.
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, job -> {
            Thread thread = new Thread(job, "execnet4j-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
