package execnet4j.pool;

/** Where there is one worker after the other: who is lost is followed by another one. One thread uses it. */
@FunctionalInterface
interface Place {
    /**
     * Starts the task in this place's worker, or in a new one if that is lost.
     *
     * @return a worker that has answered nothing yet
     * @throws execnet4j.error.ChannelClosedException if the worker was lost meanwhile; the next call tries another one
     * @throws execnet4j.error.GatewayStartException if a new one did not start; the next call tries again
     * @throws RuntimeException if there cannot be one
     */
    PoolWorker start();
}
