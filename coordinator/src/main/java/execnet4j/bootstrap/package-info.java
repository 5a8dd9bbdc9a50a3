/**
 * From a spec to a live worker: the command that starts it, the first words, the connection.
 *
 * <p>The flow: {@link execnet4j.bootstrap.JavaCommand} says what to run, a transport runs it,
 * {@link execnet4j.bootstrap.WorkerStart} says the first line, waits for the answer and the worker's description of
 * itself, and gives a {@link execnet4j.bootstrap.LiveWorker}; or it ends what it started and says why it failed.
 */
@NullMarked
package execnet4j.bootstrap;

import org.jspecify.annotations.NullMarked;
