package execnet4j.transport;

import execnet4j.error.WorkerDiagnosis;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The two byte streams to a worker, with half-close (closing the output), wait and kill. Any thread. */
public interface Transport {
    /**
     * What the worker sends.
     *
     * @return not buffered
     */
    InputStream input();

    /**
     * What is sent to the worker; closing it is the worker's sign to end.
     *
     * @return not buffered
     */
    OutputStream output();

    /**
     * Completes when the process that carries the streams has ended, or where there is none, the connection.
     *
     * @return with what is known of that; never exceptionally
     */
    CompletableFuture<WorkerEnd> exit();

    /**
     * Kills the worker and what it started, without grace, or leaves it where it cannot be killed from here. May block where
     * the system does.
     */
    void kill();

    /**
     * The worker is being asked to end: from now on an exit status that stands for an orderly end is believed.
     */
    void expectEnd();

    /**
     * How often in a row the system has sent something to the other host without an answer of that host's system.
     *
     * @return 0 if all is well, or nothing is known
     */
    default int unanswered() {
        return 0;
    }

    /**
     * What is known of the worker's process.
     *
     * @param patience how long to wait for its exit status and the last of its output
     * @return as of then
     */
    WorkerDiagnosis diagnosis(Duration patience);
}
