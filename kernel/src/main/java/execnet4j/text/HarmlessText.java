package execnet4j.text;

import org.jspecify.annotations.Nullable;

/**
 * The one place where text that the other end chose is made safe to send, to log and to show on a terminal: bounded, no
 * control characters but tab and line end, none that turn the direction of writing, no halves of characters.
 */
public final class HarmlessText {
    /** So many characters of a text are kept, before escaping. */
    public static final int MAX_CHARS = 1 << 16;

    /** So many are kept of a text that stands in a sentence. */
    public static final int MAX_CHARS_IN_SHORT = 400;

    private HarmlessText() {}

    /**
     * A whole text, such as a traceback.
     *
     * @param received what came; no text is shown as its {@code toString}
     * @return the text; what was cut or escaped shows
     */
    public static String of(@Nullable Object received) {
        String text = String.valueOf(received);
        String kept = escaped(text, MAX_CHARS, true);
        return text.length() > MAX_CHARS ? kept + "\n... (" + text.length() + " characters in all)" : kept;
    }

    /**
     * A text or value in a sentence.
     *
     * @param received what came; no text is shown as its {@code toString}
     * @return one line of some hundred characters at most; what was cut or escaped shows
     */
    public static String inShort(@Nullable Object received) {
        String text = String.valueOf(received);
        String kept = escaped(text, MAX_CHARS_IN_SHORT, false);
        return text.length() > MAX_CHARS_IN_SHORT ? kept + "..." : kept;
    }

    /**
     * A line of any length.
     *
     * @param received what came
     * @return one line; what was escaped shows
     */
    public static String line(String received) {
        return escaped(received.replace("\t", "    "), Integer.MAX_VALUE, false);
    }

    private static String escaped(String text, int most, boolean lines) {
        StringBuilder harmless = new StringBuilder();
        int each;
        for (int i = 0; i < Math.min(text.length(), most); i += Character.charCount(each)) {
            each = text.codePointAt(i);
            if (isHarmless(each) || (lines && (each == '\n' || each == '\t'))) {
                harmless.appendCodePoint(each);
            } else {
                harmless.append(String.format("\\u%04x", each));
            }
        }
        return harmless.toString();
    }

    private static boolean isHarmless(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && !turnsDirection(character);
    }

    /** The embeddings, overrides and isolates of Unicode's annex 9: they have a terminal show text in another order. */
    private static boolean turnsDirection(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }
}
