package execnet4j.bench.compare;

/** Something could not be measured. */
final class MeasurementException extends Exception {
    private static final long serialVersionUID = 1;

    MeasurementException(String message) {
        super(message);
    }
}
