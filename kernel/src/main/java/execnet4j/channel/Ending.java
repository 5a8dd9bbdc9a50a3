package execnet4j.channel;

import execnet4j.error.ChannelClosedException;
import execnet4j.error.ExecnetException;
import execnet4j.error.RemoteTaskException;
import execnet4j.text.HarmlessText;

/** Why no more items come out of a channel. */
sealed interface Ending {
    /** Whose doing an ordinary end is. */
    enum By {
        US,
        OUR_TASK,
        PEER,
        PEERS_LAST_MESSAGE
    }

    /** Either side closed it in the ordinary way. */
    record Closed(By by) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return asClosed(channel);
        }

        @Override
        public String why(Channel channel) {
            return switch (by) {
                case US -> "you closed it";
                case OUR_TASK -> "the task ended";
                case PEER -> channel.isToTask() ? "the task ended" : "the other side closed it";
                case PEERS_LAST_MESSAGE -> "the other side sends no more";
            };
        }
    }

    /** The task failed, or a side closed it with an error. Told once. */
    record Failed(String text, By by) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return new RemoteTaskException(text);
        }

        @Override
        public String why(Channel channel) {
            String who = by == By.US
                    ? "you closed it with an error: "
                    : channel.isToTask() ? "the task failed: " : "the other side closed it with an error: ";
            return who + ErrorText.headline(text);
        }
    }

    /** The callback set here raised an exception. Told once. */
    record CallbackFailed(Throwable cause) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return new ChannelClosedException(
                    channel + ": closed because its callback failed: " + ErrorText.inShort(cause), cause);
        }

        @Override
        public String why(Channel channel) {
            return "its callback failed: " + HarmlessText.inShort(ErrorText.inShort(cause));
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

        @Override
        public String why(Channel channel) {
            return "its items were not received, and " + refusedBytes + " bytes more were refused";
        }
    }

    /** The connection is gone. Told every time. */
    record Lost(Loss loss) implements Ending {
        @Override
        public ExecnetException toException(Channel channel) {
            return loss.toException();
        }

        @Override
        public ExecnetException asClosed(Channel channel) {
            return toException(channel);
        }

        @Override
        public String why(Channel channel) {
            return loss.reason();
        }
    }

    /** The exception that tells it, with the stack trace of the calling thread. */
    ExecnetException toException(Channel channel);

    /** What happened, to stand in a sentence after "the channel is closed:". */
    String why(Channel channel);

    /** The exception for whoever asks when it has been told. */
    default ExecnetException asClosed(Channel channel) {
        return new ChannelClosedException("channel " + channel.id()
                + (channel.isClosed() ? " is closed: " : " gets no more items: ") + why(channel));
    }

    /** What a send gets once the channel has ended so. */
    default ExecnetException refusesSending(Channel channel) {
        return this instanceof Lost
                ? toException(channel)
                : new ChannelClosedException("cannot send: channel " + channel.id() + " is closed: " + why(channel));
    }

    /** Whether it is told only to the first who asks; after that the channel is just closed. */
    default boolean isToldOnce() {
        return this instanceof Failed || this instanceof CallbackFailed || this instanceof Overflow;
    }
}
