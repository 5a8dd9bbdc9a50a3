package execnet4j.serial;

/**
 * How values are written.
 *
 * @param limits how large a value may be
 * @param forPython whether a Python reads them. Then what a Python cannot take is refused here: integers of more than
 *     {@value #PYTHON_DIGITS} digits, and keys or elements that Python holds equal, such as {@code 1}, {@code 1.0} and
 *     {@code true}, of which it would keep only one
 */
public record WriteOptions(Limits limits, boolean forPython) {
    /** How many digits CPython's {@code int()} takes by default, since 3.11 and in security releases before. */
    public static final int PYTHON_DIGITS = 4_300;

    /** For a JVM, with {@link Limits#DEFAULT}. */
    public static final WriteOptions DEFAULT = new WriteOptions(Limits.DEFAULT, false);

    /** For a Python, with {@link Limits#DEFAULT}. */
    public static final WriteOptions PYTHON = new WriteOptions(Limits.DEFAULT, true);

    int maxDigits() {
        return forPython ? Math.min(PYTHON_DIGITS, limits.maxDigits()) : limits.maxDigits();
    }
}
