package execnet4j.bench.compare;

import java.util.Locale;

/** Line 6, second half: many tasks in a row. */
final class TasksTopic implements Topic {
    private static final Phase PHASE = Phase.SCALE;
    /** Kilobytes that count as no growth. */
    private static final double NONE = 1000;

    @Override
    public String name() {
        return "tasks";
    }

    @Override
    public void plan(Plan plan) {
        String count = String.format(Locale.ROOT, "%,d", plan.effort().tasks());
        String request = "tasks " + plan.effort().tasks();
        for (Jdk jdk : plan.jdks()) {
            Side rate = plan.jvm(PHASE, jdk, "execnet4j", request, "rate");
            Side here = plan.jvm(PHASE, jdk, "coordinator", request, "here");
            Side there = plan.jvm(PHASE, jdk, "worker", request, "there");
            compare(plan, jdk, count + " tasks in a row, an answer each", "thousand/s", rate, Goal.NONE);
            compare(plan, jdk, "growth of the coordinator's heap meanwhile", "kB", here, Goal.atMost(NONE));
            compare(plan, jdk, "growth of the worker's heap meanwhile", "kB", there, Goal.atMost(NONE));
        }
    }

    private static void compare(Plan plan, Jdk jdk, String what, String measure, Side ours, Goal goal) {
        plan.compare(new Comparison("6", what, Plan.where(PHASE, jdk), measure, ours, null, goal));
    }
}
