package execnet4j.bench.compare;

/** Line 11: a Python for a worker. */
final class PythonTopic implements Topic {
    @Override
    public String name() {
        return "python";
    }

    @Override
    public void plan(Plan plan) {
        if (plan.peers().anyPython().isEmpty()) {
            return;
        }
        for (Phase phase : plan.pinned()) {
            for (Jdk jdk : plan.jdks()) {
                plan(plan, phase, jdk);
            }
        }
    }

    private static void plan(Plan plan, Phase phase, Jdk jdk) {
        String spec = "popen//python=" + plan.peers().anyPython();
        String where = Plan.where(phase, jdk);
        String py4j = plan.peers().py4j();
        Side call = py4j.isEmpty()
                ? Side.absent("Py4J")
                : plan.peer(
                        phase,
                        jdk,
                        "Py4J",
                        "py4j-round-trip " + py4j + " " + plan.peers().programs() + "/py4j_end.py");
        Side roundTrip = plan.ours(phase, jdk, "round-trip " + spec + " platform");
        compare(plan, "round trip to a Python worker", where, "µs", roundTrip, call, Goal.ratioAtMost(1));
        Side rate = plan.ours(phase, jdk, "small-values " + spec + " 1");
        Side stock = plan.stock(phase, "stock, Python to Python", "small-values", "");
        compare(plan, "small values to a Python worker", where, "M/s", rate, stock, Goal.ratioAtLeast(3));
        Side array = plan.ours(phase, jdk, "doubles " + spec + " array");
        Side list = plan.jvm(phase, jdk, "as a list", "doubles " + spec + " list");
        compare(plan, "doubles to a Python worker, as an array", where, "M/s", array, list, Goal.ratioAtLeast(10));
    }

    private static void compare(
            Plan plan, String what, String where, String measure, Side ours, Side against, Goal goal) {
        plan.compare(new Comparison("11", what, where, measure, ours, against, goal));
    }
}
