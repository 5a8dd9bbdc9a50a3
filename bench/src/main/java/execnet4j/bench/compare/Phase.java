package execnet4j.bench.compare;

/** What is measured in the same rounds, in turn; one phase after the other. */
enum Phase {
    ONE_PROCESSOR(Processors.ONE, false),
    TWO_PROCESSORS(Processors.TWO, false),
    STARTS(Processors.ALL, false),
    /** Large; each in a process of its own. */
    SCALE(Processors.ALL, true);

    private final Processors processors;
    private final boolean fresh;

    Phase(Processors processors, boolean fresh) {
        this.processors = processors;
        this.fresh = fresh;
    }

    Processors processors() {
        return processors;
    }

    /** Whether a host serves one sample only. */
    boolean fresh() {
        return fresh;
    }
}
