package execnet4j.worker;

import execnet4j.channel.RemoteTask;
import execnet4j.protocol.SourceOrder;

/**
 * Makes tasks of the source text that a master with plain execnet sends. It needs what a shipped worker does without, such
 * as a compiler, so it is a service: whoever starts a worker for such a master puts an implementation on its class path.
 */
public interface ForeignTasks {
    /**
     * Makes a task. Called on the thread that is to run it, which may be any.
     *
     * @param order what the master sent
     * @return the task
     * @throws Exception if it cannot be one; the master is told
     */
    RemoteTask of(SourceOrder order) throws Exception;
}
