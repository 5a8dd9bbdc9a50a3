package execnet4j.serial;

/**
 * How values are written.
 *
 * @param limits how large a value may be
 * @param forPython whether a Python reads them. Then what a Python cannot take is refused here: integers of more than
 *     {@value #PYTHON_DIGITS} digits, and keys or elements that Python holds equal, such as {@code 1}, {@code 1.0} and
 *     {@code true}, of which it would keep only one
 * @param packedArrays whether {@code double[]}, {@code float[]}, {@code int[]} and {@code long[]} go in the packed form,
 *     which this library and its Python worker read as what they are and stock execnet does not read; otherwise they go as
 *     lists of their elements
 */
public record WriteOptions(Limits limits, boolean forPython, boolean packedArrays) {
    /** How many digits CPython's {@code int()} takes by default, since 3.11 and in security releases before. */
    public static final int PYTHON_DIGITS = 4_300;

    /** For anybody but a Python, arrays as lists, with {@link Limits#DEFAULT}. */
    public static final WriteOptions DEFAULT = new WriteOptions(Limits.DEFAULT, false, false);

    /** For a Python, arrays as lists, with {@link Limits#DEFAULT}. */
    public static final WriteOptions PYTHON = new WriteOptions(Limits.DEFAULT, true, false);

    int maxDigits() {
        return forPython ? Math.min(PYTHON_DIGITS, limits.maxDigits()) : limits.maxDigits();
    }
}
