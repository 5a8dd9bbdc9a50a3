package execnet4j;

import execnet4j.channel.RemoteTask;

/**
 * How one worker is given tasks, in its language. Each method refuses what cannot run there and sends nothing; the
 * {@link TaskStart} it gives does that.
 */
interface WorkerTasks {
    Program.Language language();

    TaskStart text(String source);

    TaskStart task(RemoteTask task);

    TaskStart task(Class<? extends RemoteTask> task);

    TaskStart program(Program program);

    /** Answers items; see {@link Gateway#serve(PreparedFunction)}. */
    TaskStart function(PreparedFunction function);

    /** Does for a function all that can be done before it is started, also where the worker is gone. */
    void check(PreparedFunction function);

    /** Sends one map: what the worker is. */
    TaskStart info();
}
