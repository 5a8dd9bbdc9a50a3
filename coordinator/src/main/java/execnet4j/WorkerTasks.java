package execnet4j;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;

/**
 * How one worker is given tasks, in its language. Each method refuses what cannot run there and sends nothing; the
 * {@link Start} it gives does that.
 */
interface WorkerTasks {
    /** A task that can be sent: all that may be refused has been checked. */
    interface Start {
        Channel run();
    }

    Program.Language language();

    Start text(String source);

    Start task(RemoteTask task);

    Start task(Class<? extends RemoteTask> task);

    Start program(Program program);

    /** Answers items; see {@link Gateway#serve(PreparedFunction)}. */
    Start function(PreparedFunction function);

    /** Does for a function all that can be done before it is started, also where the worker is gone. */
    void check(PreparedFunction function);

    /** Sends one map: what the worker is. */
    Start info();
}
