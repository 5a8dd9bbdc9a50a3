package execnet4j.channel;

import execnet4j.concurrent.Deadline;
import execnet4j.error.ChannelInterruptedException;
import execnet4j.error.ChannelTimeoutException;
import java.util.concurrent.locks.Condition;

/** How a caller waits on a channel: until a deadline, and not past an interrupt. */
final class Waits {
    private Waits() {}

    /** Waits once for a change of any kind; every caller asks in a loop for the one it wants. */
    @SuppressWarnings("WaitNotInLoop")
    static void await(Condition changed, Deadline deadline, Channel channel, String what) {
        long left = deadline.remainingNanos();
        if (left <= 0) {
            throw new ChannelTimeoutException(channel + ": timed out in " + what);
        }
        try {
            changed.awaitNanos(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelInterruptedException(channel + ": interrupted in " + what, e);
        }
    }

    /** A caller that has waited in its own way may go on waiting. */
    static void goOn(Deadline deadline, Channel channel, String what) {
        if (deadline.hasPassed()) {
            throw new ChannelTimeoutException(channel + ": timed out in " + what);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ChannelInterruptedException(
                    channel + ": interrupted in " + what, new InterruptedException("in " + what));
        }
    }

    /** A blocking call heeds an interrupt even if it would not have to wait. */
    static void refuseInterrupted(Channel channel, String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ChannelInterruptedException(channel + ": interrupted before " + what);
        }
    }
}
