package execnet4j.bench.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was measured: the figures of each unit in each round. */
final class Samples {
    private final Map<Unit, List<Map<String, Double>>> figures = new HashMap<>();
    private final Map<Unit, String> failures = new HashMap<>();

    void add(Unit unit, Map<String, Double> sample) {
        figures.computeIfAbsent(unit, any -> new ArrayList<>()).add(sample);
    }

    void failed(Unit unit, String why) {
        failures.putIfAbsent(unit, why);
    }

    /** Why a unit could not be measured, null if it could. */
    @Nullable
    String failure(Unit unit) {
        return failures.get(unit);
    }

    Map<Unit, String> failures() {
        return failures;
    }

    /** One figure of a unit in every round. */
    double[] of(Unit unit, String figure) {
        return figures.getOrDefault(unit, List.of()).stream()
                .mapToDouble(each -> each.getOrDefault(figure, Double.NaN))
                .toArray();
    }
}
