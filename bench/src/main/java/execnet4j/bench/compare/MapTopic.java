package execnet4j.bench.compare;

/** Line 10: how well a pool keeps its workers at work. */
final class MapTopic implements Topic {
    private static final Phase PHASE = Phase.STARTS;
    private static final double BUSY = 90;
    private static final int WORKERS = 4;

    @Override
    public String name() {
        return "map";
    }

    @Override
    public void plan(Plan plan) {
        int workers = Math.min(WORKERS, Runtime.getRuntime().availableProcessors());
        for (Jdk jdk : plan.jdks()) {
            Side ours = plan.ours(PHASE, jdk, "map " + workers);
            String what = "map over items of a millisecond: " + workers + " workers busy";
            plan.compare(new Comparison("10", what, Plan.where(PHASE, jdk), "%", ours, null, Goal.atLeast(BUSY)));
        }
    }
}
