package execnet4j.concurrent;

/** The processor's time. */
public final class CpuTurn {
    private CpuTurn() {}

    /**
     * Lets another thread or process run first, if one is ready to. For a loop that looks a few microseconds for what that
     * other one is about to do: with one processor it could not do it meanwhile otherwise. Nothing may depend on it.
     */
    @SuppressWarnings("ThreadPriorityCheck") // only speed depends on the scheduler here
    public static void giveWay() {
        Thread.yield();
    }
}
