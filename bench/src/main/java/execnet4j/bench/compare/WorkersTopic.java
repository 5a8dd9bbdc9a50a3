package execnet4j.bench.compare;

/** Line 7: many workers in one group. */
final class WorkersTopic implements Topic {
    private static final Phase PHASE = Phase.SCALE;
    private static final double THREADS = 3;
    /** What noise is allowed where nothing should grow. */
    private static final double AS_FAST = 1.05;

    @Override
    public String name() {
        return "workers";
    }

    @Override
    public void plan(Plan plan) {
        int many = plan.effort().manyWorkers();
        int few = plan.effort().fewWorkers();
        String request = "workers " + many;
        for (Jdk jdk : plan.jdks()) {
            alone(plan, jdk, many + " workers in one group: start", "s", request, "start", Goal.NONE);
            Side each = plan.jvm(PHASE, jdk, "execnet4j", request, "start-each");
            Side ofFew = plan.jvm(PHASE, jdk, "of " + few, "workers " + few, "start-each");
            String where = Plan.where(PHASE, jdk);
            String what = "start of one of " + many;
            plan.compare(new Comparison("7", what, where, "ms", each, ofFew, Goal.ratioAtMost(AS_FAST)));
            alone(plan, jdk, "1 MiB to all " + many + ", an answer of each", "s", request, "broadcast", Goal.NONE);
            alone(plan, jdk, "end of all " + many, "s", request, "end", Goal.NONE);
            alone(plan, jdk, "own memory of each worker", "MB", request, "own", Goal.NONE);
            alone(plan, jdk, "the coordinator's heap for each", "kB", request, "heap", Goal.NONE);
            String threads = "the coordinator's threads for each";
            alone(plan, jdk, threads, "threads", request, "threads", Goal.atMost(THREADS));
        }
    }

    private static void alone(
            Plan plan, Jdk jdk, String what, String measure, String request, String figure, Goal goal) {
        Side ours = plan.jvm(PHASE, jdk, "execnet4j", request, figure);
        plan.compare(new Comparison("7", what, Plan.where(PHASE, jdk), measure, ours, null, goal));
    }
}
