package execnet4j.worker;

import execnet4j.channel.Channel;

/** What a thread does for one channel. */
interface TaskBody extends AutoCloseable {
    /** Runs to the task's end, in the calling thread; throws what the task throws. */
    void run(Channel channel) throws Exception;

    /** Lets go of what the task needed; called in any case. */
    @Override
    void close();
}
