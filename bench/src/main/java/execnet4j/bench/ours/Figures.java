package execnet4j.bench.ours;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several samples of several figures, for a probe whose samples are too dear to be taken one at a time. */
final class Figures {
    private final Map<String, List<Double>> samples = new HashMap<>();

    void note(String figure, double sample) {
        samples.computeIfAbsent(figure, any -> new ArrayList<>()).add(sample);
    }

    /** Of each figure the middle one of an odd number of samples. */
    Map<String, Double> medians() {
        Map<String, Double> medians = new HashMap<>();
        samples.forEach((figure, all) -> medians.put(
                figure, all.stream().sorted().skip(all.size() / 2).findFirst().orElseThrow()));
        return medians;
    }
}
