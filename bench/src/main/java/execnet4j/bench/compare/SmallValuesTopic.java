package execnet4j.bench.compare;

/** Line 2: small values one way. */
final class SmallValuesTopic implements Topic {
    @Override
    public String name() {
        return "small-values";
    }

    @Override
    public void plan(Plan plan) {
        for (Phase phase : plan.pinned()) {
            for (Jdk jdk : plan.jdks()) {
                plan(plan, phase, jdk);
            }
        }
    }

    private static void plan(Plan plan, Phase phase, Jdk jdk) {
        String where = Plan.where(phase, jdk);
        Side there = plan.ours(phase, jdk, "small-values popen 1");
        Side eight = plan.ours(phase, jdk, "small-values popen 8");
        Side back = plan.ours(phase, jdk, "small-values-back popen");
        Side stock = plan.stock(phase, "small-values");
        Side writes = plan.bare(phase, "C, a write each", "small-writes");
        Side grpc = plan.peer(phase, jdk, "gRPC stream", "grpc-stream 0");
        compare(plan, "small values to the worker", where, there, stock, Goal.ratioAtLeast(20));
        compare(plan, "small values to the worker", where, there, writes, Goal.ratioAtLeast(2));
        compare(plan, "small values to the worker", where, there, grpc, Goal.NONE);
        Side one = new Side("one thread", "", there.units());
        compare(plan, "the same from 8 threads on 8 channels", where, eight, one, Goal.ratioAtLeast(1));
        Side stockBack = plan.stock(phase, "small-values-back");
        compare(plan, "small values from the worker", where, back, stockBack, Goal.ratioAtLeast(20));
    }

    private static void compare(Plan plan, String what, String where, Side ours, Side against, Goal goal) {
        plan.compare(new Comparison("2", what, where, "M/s", ours, against, goal));
    }
}
