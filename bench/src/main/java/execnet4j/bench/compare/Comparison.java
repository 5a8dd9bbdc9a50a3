package execnet4j.bench.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table.
 *
 * @param line which of the goals
 * @param what is measured
 * @param where with which Java and on how many processors
 * @param measure of the figures, such as {@code µs}
 * @param ours our side
 * @param against the other side; null if ours stands alone
 * @param goal what should come out
 */
record Comparison(
        String line,
        String what,
        String where,
        String measure,
        Side ours,
        @Nullable Side against,
        Goal goal) {
    /** As {@link #cells}, without a judgement. */
    List<String> unjudged(Samples samples) {
        return new Comparison(line, what, where, measure, ours, against, Goal.NONE).cells(samples);
    }

    /** The cells, in the order of {@link Table#HEAD}. */
    List<String> cells(Samples samples) {
        String failure = ours.failure(samples);
        Spread figures = Spread.of(ours.samples(samples));
        String first = failure.isEmpty() ? figures.text() + " " + measure : failure;
        if (against == null) {
            String verdict = failure.isEmpty() ? goal.verdict(figures.median(), Double.NaN) : "";
            return List.of(line, what, where, first, "", "", goal.text(measure), verdict);
        }
        String missing = against.failure(samples);
        String second = against.label() + ": "
                + (missing.isEmpty() ? Spread.of(against.samples(samples)).text() : missing);
        if (!failure.isEmpty() || !missing.isEmpty()) {
            return List.of(line, what, where, first, second, "", goal.text(measure), "");
        }
        Spread ratios = Spread.of(ours.ratios(against, samples));
        return List.of(
                line,
                what,
                where,
                first,
                second,
                ratios.text(),
                goal.text(measure),
                goal.verdict(figures.median(), ratios.median()));
    }
}
