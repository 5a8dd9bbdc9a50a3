package execnet4j.bench.compare;

/** Line 4: from nothing to answers, and what a worker costs that only waits. */
final class StartTopic implements Topic {
    private static final Phase PHASE = Phase.STARTS;
    private static final int SIDE_BY_SIDE = 16;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void plan(Plan plan) {
        for (Jdk jdk : plan.jdks()) {
            single(plan, jdk);
            many(plan, jdk, plan.effort().tiny() ? 2 : SIDE_BY_SIDE);
            Side own = plan.jvm(PHASE, jdk, "execnet4j", "memory popen", "own");
            Side stockOwn = plan.stock(PHASE, "stock execnet", "memory", "own");
            compare(plan, "own memory of a waiting worker", jdk, "MB", own, stockOwn, Goal.NONE);
            Side computation = plan.ours(PHASE, jdk, "worker-computation");
            Side plain = plan.jvm(PHASE, jdk, "JVM with its own defaults", "computation");
            compare(plan, "a computation in a worker", jdk, "ms", computation, plain, Goal.ratioAtMost(1.05));
        }
    }

    private static void single(Plan plan, Jdk jdk) {
        String what = "start to a task's first answer";
        Side ours = plan.jvm(PHASE, jdk, "execnet4j", "starts popen 1", "answered");
        Side bare = plan.jvm(PHASE, jdk, "bare JVM, the worker's flags", "bare-starts 1");
        compare(plan, what, jdk, "ms", ours, bare, Goal.ratioAtMost(1.15));
        compare(plan, what, jdk, "ms", ours, plan.stock(PHASE, "start"), Goal.NONE);
        compare(plan, what, jdk, "ms", ours, plan.peer(PHASE, jdk, "gRPC", "grpc-start"), Goal.NONE);
        Side first = plan.jvm(Phase.SCALE, jdk, "execnet4j", "starts popen 1", "answered");
        plan.compare(new Comparison(
                "4", "the same, the first of a program", Plan.where(PHASE, jdk), "ms", first, null, Goal.NONE));
    }

    private static void many(Plan plan, Jdk jdk, int count) {
        String what = count + " workers with Group.start";
        Side ours = plan.jvm(PHASE, jdk, "execnet4j", "starts popen " + count, "live");
        Side bare = plan.jvm(PHASE, jdk, "as many bare JVMs at once", "bare-starts " + count);
        compare(plan, what, jdk, "ms", ours, bare, Goal.ratioAtMost(1.15));
        Side stock = plan.stock(PHASE, "stock execnet, from threads", "starts " + count, "");
        compare(plan, what, jdk, "ms", ours, stock, Goal.NONE);
    }

    private static void compare(Plan plan, String what, Jdk jdk, String measure, Side ours, Side against, Goal goal) {
        plan.compare(new Comparison("4", what, Plan.where(PHASE, jdk), measure, ours, against, goal));
    }
}
