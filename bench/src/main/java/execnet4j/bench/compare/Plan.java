package execnet4j.bench.compare;

import execnet4j.bench.compare.Unit.Tool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is to be measured, and what of it to be compared. */
final class Plan {
    private final List<Jdk> jdks;
    private final Peers peers;
    private final Effort effort;
    private final Set<Unit> units = new LinkedHashSet<>();
    private final List<Comparison> comparisons = new ArrayList<>();

    Plan(List<Jdk> jdks, Peers peers, Effort effort) {
        this.jdks = jdks;
        this.peers = peers;
        this.effort = effort;
    }

    List<Jdk> jdks() {
        return jdks;
    }

    /** Where what is quick is measured: on one processor and on two, as far as that can be had. */
    List<Phase> pinned() {
        return effort.tiny() || !Processors.canPin()
                ? List.of(Phase.TWO_PROCESSORS)
                : List.of(Phase.ONE_PROCESSOR, Phase.TWO_PROCESSORS);
    }

    Peers peers() {
        return peers;
    }

    Effort effort() {
        return effort;
    }

    /** A figure of the C program. */
    Side bare(Phase phase, String label, String... requests) {
        return peers.bare().isEmpty() ? Side.absent(label) : side(phase, Tool.BARE, "", label, "", requests);
    }

    /** A figure of stock execnet. */
    Side stock(Phase phase, String label, String request, String figure) {
        return peers.python().isEmpty() ? Side.absent(label) : side(phase, Tool.STOCK, "", label, figure, request);
    }

    /** As {@link #stock(Phase, String, String, String)}, of what has one figure. */
    Side stock(Phase phase, String request) {
        return stock(phase, "stock execnet", request, "");
    }

    /** A figure of a probe in a JVM. */
    Side jvm(Phase phase, Jdk jdk, String label, String request, String figure) {
        return side(phase, Tool.JVM, jdk.home(), label, figure, request);
    }

    /** As {@link #jvm(Phase, Jdk, String, String, String)}, of what has one figure. */
    Side jvm(Phase phase, Jdk jdk, String label, String request) {
        return jvm(phase, jdk, label, request, "");
    }

    /** A figure of a probe of another library. */
    Side peer(Phase phase, Jdk jdk, String label, String request) {
        return side(phase, Tool.PEER_JVM, jdk.home(), label, "", request);
    }

    /** As {@link #jvm(Phase, Jdk, String, String)}, of execnet4j. */
    Side ours(Phase phase, Jdk jdk, String request) {
        return jvm(phase, jdk, "execnet4j", request);
    }

    private Side side(Phase phase, Tool tool, String jdk, String label, String figure, String... requests) {
        List<Unit> sources = new ArrayList<>();
        for (String request : requests) {
            sources.add(new Unit(phase, tool, jdk, request));
        }
        units.addAll(sources);
        return new Side(label, figure, sources);
    }

    /** A row of the table. */
    void compare(Comparison comparison) {
        comparisons.add(comparison);
    }

    List<Unit> units(Phase phase) {
        return units.stream().filter(each -> each.phase() == phase).toList();
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    /** With which Java and on how many processors. */
    static String where(Phase phase, Jdk jdk) {
        return "JDK " + jdk.release() + ", " + phase.processors().label();
    }
}
