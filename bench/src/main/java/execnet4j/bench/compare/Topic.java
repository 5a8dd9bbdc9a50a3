package execnet4j.bench.compare;

/** A group of comparisons that answer one question. */
interface Topic {
    /** What {@code --only} calls it. */
    String name();

    /** Says what to measure and what to compare. */
    void plan(Plan plan);
}
