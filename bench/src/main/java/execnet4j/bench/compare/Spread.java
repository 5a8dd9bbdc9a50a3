package execnet4j.bench.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where samples lie.
 *
 * @param median the middle one, the lower of two
 * @param least the smallest
 * @param most the largest
 */
record Spread(double median, double least, double most) {
    static Spread of(double[] samples) {
        if (samples.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[(sorted.length - 1) / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** As {@code 9.1 (8.7..12)}; the median alone where there is no spread. */
    String text() {
        return least == most ? digits(median) : digits(median) + " (" + digits(least) + ".." + digits(most) + ")";
    }

    /** Three digits, or all before the point. */
    static String digits(double value) {
        double size = Math.abs(value);
        if (size > 0 && size < 0.1) {
            return BigDecimal.valueOf(value).round(new MathContext(2)).toPlainString();
        }
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
