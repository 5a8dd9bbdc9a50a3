package execnet4j.bench.compare;

/**
 * What a comparison should show.
 *
 * @param kind of what, and on which side of the bound
 * @param bound the worst that is good enough
 */
record Goal(Kind kind, double bound) {
    /** None: the comparison is there to be seen. */
    static final Goal NONE = new Goal(Kind.NONE, 0);

    static final String MET = "pass";

    enum Kind {
        NONE,
        RATIO_AT_MOST,
        RATIO_AT_LEAST,
        AT_MOST,
        AT_LEAST
    }

    static Goal ratioAtMost(double bound) {
        return new Goal(Kind.RATIO_AT_MOST, bound);
    }

    static Goal ratioAtLeast(double bound) {
        return new Goal(Kind.RATIO_AT_LEAST, bound);
    }

    static Goal atMost(double bound) {
        return new Goal(Kind.AT_MOST, bound);
    }

    static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    String text(String measure) {
        return switch (kind) {
            case NONE -> "";
            case RATIO_AT_MOST -> "≤ " + Spread.digits(bound);
            case RATIO_AT_LEAST -> "≥ " + Spread.digits(bound);
            case AT_MOST -> "≤ " + Spread.digits(bound) + " " + measure;
            case AT_LEAST -> "≥ " + Spread.digits(bound) + " " + measure;
        };
    }

    /** {@code pass}, {@code miss}, or nothing where nothing is wanted. */
    String verdict(double ours, double ratio) {
        boolean met = switch (kind) {
            case NONE -> true;
            case RATIO_AT_MOST -> ratio <= bound;
            case RATIO_AT_LEAST -> ratio >= bound;
            case AT_MOST -> ours <= bound;
            case AT_LEAST -> ours >= bound;
        };
        return kind == Kind.NONE ? "" : met ? MET : "**miss**";
    }
}
