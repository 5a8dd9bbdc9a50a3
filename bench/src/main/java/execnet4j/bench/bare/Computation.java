package execnet4j.bench.bare;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.time.Duration;
import java.util.Map;

/** A long computation: the product of two matrices, several times, with nothing of ours in it. */
public final class Computation implements Probe {
    private static final int SIDE = 512;
    private static final int TIMES = 8;

    /**
     * Computes once.
     *
     * @return milliseconds that it took
     */
    public static double millis() {
        double[][] left = matrix(1);
        double[][] right = matrix(2);
        long begin = System.nanoTime();
        double trace = 0;
        for (int i = 0; i < TIMES * SIDE; i++) {
            double[] row = product(left[i % SIDE], right);
            trace += row[i % SIDE];
        }
        double took = (System.nanoTime() - begin) / 1e6;
        if (Double.isNaN(trace)) {
            throw new IllegalStateException("no number");
        }
        return took;
    }

    private static double[][] matrix(int seed) {
        double[][] matrix = new double[SIDE][SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                matrix[i][j] = (i * 31 + j * 17 + seed) % 101 / 101.0;
            }
        }
        return matrix;
    }

    private static double[] product(double[] row, double[][] right) {
        double[] result = new double[SIDE];
        for (int k = 0; k < SIDE; k++) {
            double factor = row[k];
            double[] line = right[k];
            for (int j = 0; j < SIDE; j++) {
                result[j] += factor * line[j];
            }
        }
        return result;
    }

    @Override
    public Map<String, Double> sample(Duration time) {
        return Timed.figure(millis());
    }
}
