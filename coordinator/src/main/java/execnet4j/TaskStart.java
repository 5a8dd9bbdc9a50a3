package execnet4j;

import execnet4j.channel.Channel;
import execnet4j.concurrent.Deadline;

/** A task that can be sent to one worker: all that may be refused has been checked. */
interface TaskStart {
    /** Waits while too much waits to be written to the worker; a {@code ChannelTimeoutException} if that takes too long. */
    Channel run(Deadline deadline);
}
