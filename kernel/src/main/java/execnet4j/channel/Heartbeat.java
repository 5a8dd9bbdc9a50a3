package execnet4j.channel;

import java.time.Duration;

/**
 * Tells a peer at equal intervals that this end is there, and finds out for how long nothing has come from the peer. Any
 * byte is a sign of life.
 *
 * <p>Silence is counted in intervals and not by the clock: a process that was stopped, or collected garbage for long, finds
 * what came meanwhile before the next interval is over. One thread.
 */
public final class Heartbeat {
    /** From one beat to the next. */
    public static final Duration INTERVAL = Duration.ofSeconds(3);

    /** In the map of a worker's first frame: whether it takes heartbeats. */
    public static final String FIELD = "heartbeats";

    private final Connection connection;
    private volatile int silent;

    /**
     * For one end of a connection.
     *
     * @param connection its connection
     */
    public Heartbeat(Connection connection) {
        this.connection = connection;
    }

    /**
     * An interval is over: sends a beat, and looks whether anything has come. Does not wait.
     */
    public void tick() {
        connection.beat();
        listen();
    }

    /** An interval is over, with a peer that takes no beats: looks whether anything has come. Does not wait. */
    public void listen() {
        silent = connection.heardMore() ? 0 : silent + 1;
    }

    /**
     * For how long nothing has come. Any thread.
     *
     * @return whole intervals
     */
    public Duration silence() {
        return INTERVAL.multipliedBy(silent);
    }
}
