package execnet4j.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A moment on the monotonic clock until which a caller is willing to wait. Immutable. */
public final class Deadline {
    /** Never passes. */
    public static final Deadline NEVER = new Deadline(0, true);

    private final long nanoTime;
    private final boolean never;

    private Deadline(long nanoTime, boolean never) {
        this.nanoTime = nanoTime;
        this.never = never;
    }

    /**
     * The moment that is so far from now.
     *
     * @param timeout zero or less has passed already; more than a hundred years is never
     * @return the moment
     */
    public static Deadline in(Duration timeout) {
        if (timeout.compareTo(Duration.ofDays(36_500)) > 0) {
            return NEVER;
        }
        return new Deadline(System.nanoTime() + (timeout.isNegative() ? 0 : timeout.toNanos()), false);
    }

    /**
     * What is left.
     *
     * @return nanoseconds, zero or less once it has passed, {@link Long#MAX_VALUE} if it never does
     */
    public long remainingNanos() {
        return never ? Long.MAX_VALUE : nanoTime - System.nanoTime();
    }

    /**
     * What is left.
     *
     * @return zero once it has passed
     */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /**
     * This moment, or the one that is so far from now if that is sooner.
     *
     * @param timeout zero or less has passed already
     * @return the sooner of the two
     */
    public Deadline orSooner(Duration timeout) {
        Deadline other = in(timeout);
        return other.remainingNanos() < remainingNanos() ? other : this;
    }

    /**
     * Waits for something that is known not to fail.
     *
     * @param end is done when it is there
     * @return false if this moment came first, or the thread was interrupted, as it then still is
     * @throws IllegalStateException if it failed after all
     */
    public boolean awaits(Future<?> end) {
        try {
            end.get(Math.max(0, remainingNanos()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether it has passed.
     *
     * @return true once nothing is left
     */
    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }
}
