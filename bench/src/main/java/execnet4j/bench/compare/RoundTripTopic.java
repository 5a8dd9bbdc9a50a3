package execnet4j.bench.compare;

/** Line 1: one small value there and back. */
final class RoundTripTopic implements Topic {
    @Override
    public String name() {
        return "round-trip";
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
        boolean one = phase == Phase.ONE_PROCESSOR;
        Goal toPipe = Goal.ratioAtMost(one ? 1.25 : 1.15);
        Goal toStock = one ? Goal.ratioAtMost(1 / 6.0) : Goal.NONE;
        Side pipe = plan.jvm(phase, jdk, "bare pipe between JVMs", "bare-round-trip");
        Side stock = plan.stock(phase, "round-trip");
        Side platform = plan.ours(phase, jdk, "round-trip popen platform");
        String what = "round trip of a small value";
        compare(plan, what, phase, jdk, platform, pipe, toPipe);
        compare(plan, what, phase, jdk, platform, stock, toStock);
        compare(plan, what, phase, jdk, platform, plan.bare(phase, "C over a pipe", "round-trip"), Goal.NONE);
        compare(plan, what, phase, jdk, platform, plan.peer(phase, jdk, "gRPC", "grpc-round-trip"), Goal.NONE);
        if (jdk.hasVirtualThreads()) {
            Side virtual = plan.ours(phase, jdk, "round-trip popen//execmodel=virtual virtual");
            String between = "round trip between virtual threads";
            compare(plan, between, phase, jdk, virtual, pipe, toPipe);
            compare(plan, between, phase, jdk, virtual, stock, toStock);
        }
    }

    private static void compare(Plan plan, String what, Phase phase, Jdk jdk, Side ours, Side against, Goal goal) {
        plan.compare(new Comparison("1", what, Plan.where(phase, jdk), "µs", ours, against, goal));
    }
}
