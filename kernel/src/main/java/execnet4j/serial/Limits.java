package execnet4j.serial;

/**
 * How large a value may be, written or read. A limit is checked before anything of that size is allocated.
 *
 * @param maxDepth how deep containers may stand in each other, 1 to {@value #DEEPEST}; a number or text has depth 0, an
 *     empty list depth 1. Bounded because {@code equals}, {@code hashCode} and {@code toString} of collections recurse: on a stack of 1 MiB a thousand levels are safe
 * @param maxCount how many elements all containers of one value may have together, at least 0; an entry of a map counts
 *     as two
 * @param maxBytes how many bytes one dumped value may have, at least 2 (a version byte not counted)
 * @param maxDigits how many decimal digits an integer may have, at least 20; bounded because turning text into a large
 *     integer takes time in proportion to the square of its length
 */
public record Limits(int maxDepth, int maxCount, int maxBytes, int maxDigits) {
    /** The largest {@code maxDepth}. */
    public static final int DEEPEST = 1_000;

    /** Depth 500, a hundred million elements, 1 GiB, ten thousand digits. Stock execnet itself cannot dump deeper than some 330. */
    public static final Limits DEFAULT = new Limits(500, 100_000_000, 1 << 30, 10_000);

    /**
     * Checks the ranges.
     *
     * @param maxDepth from 1 to {@link #DEEPEST}
     * @param maxCount 0 or more
     * @param maxBytes 2 or more
     * @param maxDigits 20 or more
     * @throws IllegalArgumentException if a limit is out of its range
     */
    public Limits {
        require(maxDepth >= 1 && maxDepth <= DEEPEST, "maxDepth must be 1 to " + DEEPEST, maxDepth);
        require(maxCount >= 0, "maxCount must not be negative", maxCount);
        require(maxBytes >= 2, "maxBytes must be at least 2", maxBytes);
        require(maxDigits >= 20, "maxDigits must be at least 20", maxDigits);
    }

    private static void require(boolean holds, String rule, int value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + value);
        }
    }
}
