package execnet4j.serial;

/**
 * How values are read.
 *
 * @param limits how large a value may be
 * @param py2StringAsText whether a byte string that Python 2 held for text becomes a String (each byte one character,
 *     ISO 8859-1) rather than bytes
 * @param textAsBytes whether text written by a Python 3 or a JVM becomes its UTF-8 bytes rather than a String
 */
public record ReadOptions(Limits limits, boolean py2StringAsText, boolean textAsBytes) {
    /** For stored dumps: {@link Limits#DEFAULT}, Python 2's byte strings are bytes, text is text. */
    public static final ReadOptions DEFAULT = new ReadOptions(Limits.DEFAULT, false, false);

    /** For channels, as long as nothing else was agreed: {@link Limits#DEFAULT}, Python 2's byte strings are text, text is text. */
    public static final ReadOptions CHANNEL = new ReadOptions(Limits.DEFAULT, true, false);
}
