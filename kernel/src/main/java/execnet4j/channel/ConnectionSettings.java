package execnet4j.channel;

/**
 * How a connection behaves; fixed for its life.
 *
 * @param id the gateway's id, for names of threads and traces
 * @param coordinator whether this is the coordinator's end, which numbers its channels 1, 3, 5 …; the worker's 2, 4, 6 …
 * @param extensions whether both ends speak the extensions: flow control, packed arrays, and at a worker of ours the shipping
 *     of code
 * @param python whether the peer is a Python, which takes fewer values
 * @param byteBudget how many unread bytes the gateway holds beyond the window that each channel has, in encoded bytes
 */
public record ConnectionSettings(String id, boolean coordinator, boolean extensions, boolean python, long byteBudget) {
    /** The longest that a group may ask for. */
    public static final long MAX_BUDGET = 1L << 40;

    /**
     * Refuses a budget outside 0 to {@link #MAX_BUDGET}.
     *
     * @param id the gateway's id, for names of threads and traces
     * @param coordinator whether this is the coordinator's end, which numbers its channels 1, 3, 5 …; the worker's 2, 4, 6 …
     * @param extensions whether both ends speak the extensions: flow control, and at a worker of ours the shipping of code
     * @param python whether the peer is a Python, which takes fewer values
     * @param byteBudget how many unread bytes the gateway holds beyond the window that each channel has, in encoded bytes
     */
    public ConnectionSettings {
        if (byteBudget < 0 || byteBudget > MAX_BUDGET) {
            throw new IllegalArgumentException("a byte budget is 0 to " + MAX_BUDGET + " bytes, not " + byteBudget);
        }
    }

    /**
     * The budget where none was asked for: a sixteenth of the heap, at most 64 MiB.
     *
     * @return in bytes
     */
    public static long defaultByteBudget() {
        return Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 16);
    }
}
