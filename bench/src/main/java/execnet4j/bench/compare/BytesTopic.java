package execnet4j.bench.compare;

import java.util.List;

/** Line 3: byte values one way. */
final class BytesTopic implements Topic {
    private static final List<Integer> SIZES = List.of(1 << 12, 1 << 16, 1 << 20, 1 << 24, 1 << 26);
    /** Those that are compared with bare transports, and the only ones on one processor. */
    private static final List<Integer> MIDDLE = List.of(1 << 16, 1 << 20);

    private static final List<String> TRANSPORTS = List.of("pipe", "large-pipe", "unix", "tcp");

    @Override
    public String name() {
        return "bytes";
    }

    @Override
    public void plan(Plan plan) {
        for (Jdk jdk : plan.jdks()) {
            for (Phase phase : plan.pinned()) {
                List<Integer> sizes = phase == Phase.ONE_PROCESSOR ? MIDDLE : SIZES;
                sizes.forEach(size -> plan(plan, phase, jdk, size));
            }
        }
    }

    private static void plan(Plan plan, Phase phase, Jdk jdk, int size) {
        for (String direction : List.of("there", "back")) {
            String what =
                    "byte values of " + label(size) + (direction.equals("there") ? " to" : " from") + " the worker";
            Side ours = plan.ours(phase, jdk, "bytes-" + direction + " popen " + size);
            Side stock = plan.stock(phase, "bytes-" + direction + " " + size);
            compare(plan, what, phase, jdk, ours, stock, Goal.ratioAtLeast(1.5));
            if (MIDDLE.contains(size)) {
                String[] requests = TRANSPORTS.stream()
                        .map(each -> "pieces " + each + " " + size)
                        .toArray(String[]::new);
                Side bare = plan.bare(phase, "best bare transport", requests);
                compare(plan, what, phase, jdk, ours, bare, Goal.ratioAtLeast(0.5));
            }
            if (MIDDLE.contains(size) && direction.equals("there")) {
                Side grpc = plan.peer(phase, jdk, "gRPC stream", "grpc-stream " + size);
                compare(plan, what, phase, jdk, ours, grpc, Goal.NONE);
            }
        }
    }

    static String label(int size) {
        return size >= 1 << 20 ? (size >> 20) + " MiB" : (size >> 10) + " KiB";
    }

    private static void compare(Plan plan, String what, Phase phase, Jdk jdk, Side ours, Side against, Goal goal) {
        plan.compare(new Comparison("3", what, Plan.where(phase, jdk), "MB/s", ours, against, goal));
    }
}
