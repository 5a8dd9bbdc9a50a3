package execnet4j.bench.compare;

import java.util.List;

/** Line 8: what flow control costs. */
final class FlowControlTopic implements Topic {
    private static final Phase PHASE = Phase.TWO_PROCESSORS;
    private static final double MOST_OF_IT = 0.95;

    @Override
    public String name() {
        return "flow-control";
    }

    @Override
    public void plan(Plan plan) {
        for (Jdk jdk : plan.jdks()) {
            for (int size : List.of(0, 1 << 16, 1 << 20)) {
                String what = size == 0 ? "small values" : "byte values of " + BytesTopic.label(size);
                Side with = plan.ours(PHASE, jdk, "flow on " + size);
                Side without = plan.jvm(PHASE, jdk, "without it", "flow off " + size);
                plan.compare(new Comparison(
                        "8",
                        what + " one way, with flow control",
                        Plan.where(PHASE, jdk),
                        size == 0 ? "M/s" : "MB/s",
                        with,
                        without,
                        Goal.ratioAtLeast(MOST_OF_IT)));
            }
        }
    }
}
