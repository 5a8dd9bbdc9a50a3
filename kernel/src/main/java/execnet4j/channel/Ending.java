package execnet4j.channel;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ExecnetException;
import execnet4j.error.RemoteTaskException;

/** Why no more items come out of a channel. */
sealed interface Ending {
    /** Either side closed it in the ordinary way. */
    record Closed() implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return new ChannelClosedException(channel + ": no more items come");
        }
    }

    /** The task failed, or a side closed it with an error. Told once. */
    record Failed(String text) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return new RemoteTaskException(text);
        }
    }

    /** The callback set here raised an exception. Told once. */
    record CallbackFailed(Throwable cause) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return new ChannelClosedException(
                    channel + ": closed because its callback failed: " + ErrorText.brief(cause), cause);
        }
    }

    /** More came than this side would hold, from a peer that knows no flow control. Told once. */
    record Overflow(long refusedBytes, long heldBytes) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return new ChannelClosedException(channel + ": closed because its items were not received: " + heldBytes
                    + " bytes wait, a further item of " + refusedBytes
                    + " bytes was refused; receive faster, or give the group a larger byteBudget");
        }
    }

    /** The connection is gone. Told every time. */
    record Lost(Loss loss) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return loss.toException();
        }
    }

    /** The exception that tells it, with the stack trace of the calling thread. */
    ExecnetException toException(Channel channel);

    /** What a send gets once the channel has ended so. */
    default ExecnetException refusesSending(Channel channel) {
        return this instanceof Lost ? toException(channel) : new ChannelClosedException(channel + ": cannot send");
    }

    /** Whether it is told only to the first who asks; after that the channel is just closed. */
    default boolean isToldOnce() {
        return this instanceof Failed || this instanceof CallbackFailed || this instanceof Overflow;
    }
}
