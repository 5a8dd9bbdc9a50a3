package execnet4j.bench.host;

import java.time.Duration;
import java.util.Map;

/** Clocks around what is measured. */
public final class Timed {
    /** So many small steps between two looks at the clock. */
    private static final int TOGETHER = 16;

    private Timed() {}

    /** A piece of work. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it once.
         *
         * @throws Exception if it cannot be done
         */
        void run() throws Exception;
    }

    /**
     * Repeats small work.
     *
     * @param time for about how long
     * @param work one step of it
     * @return seconds that one step took on average
     * @throws Exception what the work throws
     */
    public static double perStep(Duration time, Work work) throws Exception {
        long begin = System.nanoTime();
        long steps = 0;
        long took;
        do {
            for (int i = 0; i < TOGETHER; i++) {
                work.run();
            }
            steps += TOGETHER;
            took = System.nanoTime() - begin;
        } while (took < time.toNanos());
        return took / 1e9 / steps;
    }

    /**
     * Repeats work until a time has passed.
     *
     * @param time for about how long
     * @param together how many steps between two looks at the clock
     * @param work one step of it
     * @throws Exception what the work throws
     */
    public static void during(Duration time, int together, Work work) throws Exception {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            for (int i = 0; i < together; i++) {
                work.run();
            }
        }
    }

    /**
     * Does work once.
     *
     * @param work all of it
     * @return seconds
     * @throws Exception what the work throws
     */
    public static double once(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /**
     * A single figure.
     *
     * @param value the figure
     * @return with the empty name
     */
    public static Map<String, Double> figure(double value) {
        return Map.of("", value);
    }
}
