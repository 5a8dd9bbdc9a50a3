package execnet4j.bench.compare;

import java.util.List;
import java.util.Map;

/** Line 5: values into bytes and back. */
final class SerializerTopic implements Topic {
    private static final Phase PHASE = Phase.TWO_PROCESSORS;
    private static final Map<String, String> CASES =
            Map.of("ints", "a list of 10,000 ints", "floats", "a map of 1,000 texts to floats");

    @Override
    public String name() {
        return "serializer";
    }

    @Override
    public void plan(Plan plan) {
        for (Jdk jdk : plan.jdks()) {
            CASES.keySet().stream().sorted().forEach(name -> values(plan, jdk, name));
            for (String kind : List.of("ints", "doubles")) {
                arrays(plan, jdk, kind);
            }
        }
    }

    private static void values(Plan plan, Jdk jdk, String name) {
        for (String direction : List.of("dumps", "loads")) {
            String what = direction + " of " + CASES.get(name);
            String request = direction + " " + name;
            Side ours = plan.jvm(PHASE, jdk, "execnet4j", request, "rate");
            Side stock = plan.stock(PHASE, request);
            compare(plan, what, jdk, "MB/s", ours, stock, Goal.ratioAtLeast(30));
            Side allocated = plan.jvm(PHASE, jdk, "execnet4j", request, "allocated");
            Side size = plan.jvm(PHASE, jdk, "bytes of the dump", request, "size");
            compare(plan, "allocated in one " + what, jdk, "bytes", allocated, size, Goal.NONE);
        }
    }

    private static void arrays(Plan plan, Jdk jdk, String kind) {
        for (String direction : List.of("write", "read")) {
            Side ours = plan.ours(PHASE, jdk, "packed " + kind + " " + direction);
            Side loop = plan.jvm(PHASE, jdk, "a loop by hand", "hand-written " + kind + " " + direction);
            String what = direction + " an array of 10,000 " + kind;
            compare(plan, what, jdk, "MB/s", ours, loop, Goal.ratioAtLeast(0.5));
        }
    }

    private static void compare(Plan plan, String what, Jdk jdk, String measure, Side ours, Side against, Goal goal) {
        plan.compare(new Comparison("5", what, Plan.where(PHASE, jdk), measure, ours, against, goal));
    }
}
