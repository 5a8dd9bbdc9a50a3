package execnet4j.serial;

/**
 * A complex number, Python's {@code complex}. Two are equal if both parts are, as {@link Double#equals} has it: NaN equals
 * NaN, and 0.0 does not equal -0.0.
 *
 * @param real the real part
 * @param imaginary the imaginary part
 */
public record Complex(double real, double imaginary) {}
