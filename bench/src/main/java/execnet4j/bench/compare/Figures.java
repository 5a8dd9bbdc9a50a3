package execnet4j.bench.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/** Figures as the measuring programs write them. */
final class Figures {
    private Figures() {}

    /** Of a line of {@code name=value} pairs, or {@code "! "} and what went wrong. */
    static Map<String, Double> parse(String line) throws MeasurementException {
        if (line.startsWith("!")) {
            throw new MeasurementException(line.substring(1).strip());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String pair : line.strip().split(" ", -1)) {
            int equals = pair.indexOf('=');
            try {
                figures.put(pair.substring(0, Math.max(0, equals)), Double.valueOf(pair.substring(equals + 1)));
            } catch (NumberFormatException e) {
                throw new MeasurementException("this is no figure: " + line);
            }
        }
        return figures;
    }
}
