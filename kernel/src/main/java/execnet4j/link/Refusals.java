package execnet4j.link;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.concurrent.Deadline;
import execnet4j.text.HarmlessText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Tells of those who are sent away: of each, or of how many there are more than 20 in a second. Any thread. */
final class Refusals {
    private static final int MOST_LINES = 20;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Consumer<String> log;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Deadline windowEnd = Deadline.in(Duration.ZERO);

    @GuardedBy("lock")
    private int lines;

    @GuardedBy("lock")
    private int more;

    Refusals(Consumer<String> log) {
        this.log = log;
    }

    void add(String name, String why) {
        boolean told;
        boolean first;
        lock.lock();
        try {
            if (windowEnd.hasPassed()) {
                windowEnd = Deadline.in(WINDOW);
                lines = 0;
            }
            told = lines < MOST_LINES;
            first = !told && more == 0;
            if (told) {
                lines++;
            } else {
                more++;
            }
        } finally {
            lock.unlock();
        }
        if (told) {
            log.accept("refused " + name + ": " + HarmlessText.inShort(why));
        } else if (first) {
            CompletableFuture.delayedExecutor(WINDOW.toMillis(), TimeUnit.MILLISECONDS, DaemonThreads.pool())
                    .execute(this::sumUp);
        }
    }

    private void sumUp() {
        int number;
        lock.lock();
        try {
            number = more;
            more = 0;
        } finally {
            lock.unlock();
        }
        log.accept("refused " + number + " more");
    }
}
