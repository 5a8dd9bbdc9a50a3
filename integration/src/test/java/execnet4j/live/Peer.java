package execnet4j.live;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;

/** Something that runs tasks at the other end of a connection: what channels do must not depend on what it is. */
interface Peer {
    /** Runs a task there, which does the same in Java and, with the variable {@code channel}, in Python. */
    Channel exec(RemoteTask java, String python);

    /** Opens a channel that no task is bound to. */
    Channel newChannel();

    /** Open channels at this end. */
    int channelsHere();

    /** Open channels at the other end. */
    int channelsThere();
}
