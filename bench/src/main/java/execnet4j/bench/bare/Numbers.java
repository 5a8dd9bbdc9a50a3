package execnet4j.bench.bare;

import java.util.Arrays;

/** The arrays of numbers that are measured. */
public final class Numbers {
    /** How many numbers each has. */
    public static final int COUNT = 10_000;

    private Numbers() {}

    /**
     * An array of them.
     *
     * @param kind {@code ints} or {@code doubles}
     * @return {@code int[]} or {@code double[]}
     */
    public static Object array(String kind) {
        if (kind.equals("ints")) {
            int[] ints = new int[COUNT];
            Arrays.setAll(ints, i -> i * 31);
            return ints;
        }
        double[] doubles = new double[COUNT];
        Arrays.setAll(doubles, i -> Math.sqrt(i) / 3);
        return doubles;
    }
}
