package execnet4j.bench.compare;

import java.util.Locale;

/** Line 6, first half: many channels at once. */
final class ChannelsTopic implements Topic {
    private static final Phase PHASE = Phase.SCALE;
    private static final double BYTES = 500;
    /** What noise is allowed where nothing should change. */
    private static final double AS_FAST = 0.95;

    @Override
    public String name() {
        return "channels";
    }

    @Override
    public void plan(Plan plan) {
        String count = String.format(Locale.ROOT, "%,d", plan.effort().channels());
        String request = "channels " + plan.effort().channels();
        for (Jdk jdk : plan.jdks()) {
            Side here = plan.jvm(PHASE, jdk, "coordinator", request, "here");
            Side there = plan.jvm(PHASE, jdk, "worker", request, "there");
            alone(plan, jdk, "an idle channel of " + count + " at the coordinator", "bytes", here, Goal.atMost(BYTES));
            alone(plan, jdk, "an idle channel of " + count + " in the worker", "bytes", there, Goal.atMost(BYTES));
            Side opened = plan.jvm(PHASE, jdk, "execnet4j", request, "opened");
            alone(plan, jdk, "channels opened and sent", "thousand/s", opened, Goal.NONE);
            Side among = plan.jvm(PHASE, jdk, "execnet4j", request, "among");
            Side single = plan.jvm(PHASE, jdk, "with it alone", request, "alone");
            plan.compare(new Comparison(
                    "6",
                    "small values on one of " + count + " channels",
                    Plan.where(PHASE, jdk),
                    "M/s",
                    among,
                    single,
                    Goal.ratioAtLeast(AS_FAST)));
        }
    }

    private static void alone(Plan plan, Jdk jdk, String what, String measure, Side ours, Goal goal) {
        plan.compare(new Comparison("6", what, Plan.where(PHASE, jdk), measure, ours, null, goal));
    }
}
