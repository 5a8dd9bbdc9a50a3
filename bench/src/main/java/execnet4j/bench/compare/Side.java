package execnet4j.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One side of a comparison.
 *
 * @param label what it is
 * @param figure which of a unit's figures
 * @param units where it comes from; the largest figure of several counts, in each round; without any there is nothing here
 */
record Side(String label, String figure, List<Unit> units) {
    static Side of(String label, Unit unit) {
        return new Side(label, "", List.of(unit));
    }

    static Side of(String label, Unit unit, String figure) {
        return new Side(label, figure, List.of(unit));
    }

    /** Nothing on this machine. */
    static Side absent(String label) {
        return new Side(label, "", List.of());
    }

    double[] samples(Samples samples) {
        List<double[]> each =
                units.stream().map(unit -> samples.of(unit, figure)).toList();
        int rounds = each.stream().mapToInt(one -> one.length).min().orElse(0);
        return IntStream.range(0, rounds)
                .mapToDouble(round ->
                        each.stream().mapToDouble(one -> one[round]).max().orElse(Double.NaN))
                .toArray();
    }

    /** Why there are no samples; the empty text if there are. */
    String failure(Samples samples) {
        if (units.isEmpty()) {
            return "not on this machine";
        }
        return units.stream()
                .map(samples::failure)
                .filter(why -> why != null)
                .map(why -> "failed: " + why)
                .findFirst()
                .orElse("");
    }

    /** Ratios of this side to the other, round by round. */
    double[] ratios(Side other, Samples samples) {
        double[] ours = samples(samples);
        double[] theirs = other.samples(samples);
        int rounds = Math.min(ours.length, theirs.length);
        double[] ratios = Arrays.copyOf(ours, rounds);
        Arrays.setAll(ratios, round -> ours[round] / theirs[round]);
        return ratios;
    }
}
