package execnet4j.channel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Errors as they go over the wire: text, made from an exception at one end, made harmless at the other. */
public final class ErrorText {
    /** Begins every traceback that is sent. */
    public static final String HEADER = "Traceback of the remote code:\n";

    private static final int MAX_CHARS = 1 << 16;
    private static final Pattern SHARED_FRAMES = Pattern.compile("\\s*\\.\\.\\. \\d+ more");
    private static final int MAX_LINE_CHARS = 500;
    private static final String OURS = "execnet4j.";

    private ErrorText() {}

    /**
     * The traceback of an exception, as the other side shall read it. Our own frames below the user's code are left out,
     * also those of each cause.
     *
     * @param failure what was thrown; itself not changed
     * @return begins with {@link #HEADER}; can be sent, whatever the exception's message is
     */
    public static String of(Throwable failure) {
        List<String> kept = new ArrayList<>();
        int lastOfUser = 0;
        for (String line : stackTrace(failure).split("\n", -1)) {
            if (beginsCause(line)) {
                kept.subList(lastOfUser, kept.size()).clear();
            } else if (SHARED_FRAMES.matcher(line).matches()) {
                // What is above them was called from one of them: the user's, if any is.
                lastOfUser = kept.size();
                continue;
            }
            kept.add(line);
            if (!isNoise(line)) {
                lastOfUser = kept.size();
            }
        }
        return harmless(HEADER + String.join("\n", kept.subList(0, Math.max(1, lastOfUser))));
    }

    private static boolean beginsCause(String line) {
        String bare = line.strip();
        return bare.startsWith("Caused by: ") || bare.startsWith("Suppressed: ");
    }

    /**
     * An exception in a line.
     *
     * @param failure what was thrown; its own methods may fail
     * @return such as {@code java.io.IOException: no space left}
     */
    static String inShort(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | Error e) {
            return untellable(failure, e);
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            failure.printStackTrace(out);
        } catch (RuntimeException | Error e) {
            return untellable(failure, e);
        }
        return text.toString();
    }

    private static String untellable(Throwable failure, Throwable why) {
        return failure.getClass().getName() + ", whose text could not be made because of "
                + why.getClass().getName();
    }

    private static boolean isNoise(String line) {
        String frame = line.strip();
        if (frame.isEmpty()) {
            return true;
        }
        return frame.startsWith("at ")
                && (frame.contains("at " + OURS)
                        || frame.contains("//" + OURS)
                        || frame.contains("/" + OURS)
                        || frame.startsWith("at java.base/"));
    }

    /**
     * Text that is safe to send and to show: bounded, no control characters but tab and line end, no half characters.
     *
     * @param received what came, or is to be sent
     * @return the text; what was cut or escaped shows
     */
    public static String harmless(@Nullable Object received) {
        String text = String.valueOf(received);
        return escaped(text, MAX_CHARS, true)
                + (text.length() > MAX_CHARS ? "\n... (" + text.length() + " characters in all)" : "");
    }

    /**
     * A line that is safe to show within a message: at most 500 characters, no control characters but tab, no line ends.
     *
     * @param received what came
     * @return the line; what was cut or escaped shows
     */
    public static String line(String received) {
        return escaped(received, MAX_LINE_CHARS, false)
                + (received.length() > MAX_LINE_CHARS ? "... (" + received.length() + " characters in all)" : "");
    }

    /**
     * Text of any length that is safe to show as one line: no control characters but tab, no line ends.
     *
     * @param received what came
     * @return the text; what was escaped shows
     */
    public static String wholeLine(String received) {
        return escaped(received, received.length(), false);
    }

    private static String escaped(String text, int atMost, boolean lineEnds) {
        StringBuilder harmless = new StringBuilder();
        int each;
        for (int i = 0; i < Math.min(text.length(), atMost); i += Character.charCount(each)) {
            each = text.codePointAt(i);
            boolean halfCharacter = Character.getType(each) == Character.SURROGATE;
            boolean control = Character.isISOControl(each) && each != '\t' && !(each == '\n' && lineEnds);
            if (halfCharacter || control) {
                harmless.append(String.format("\\u%04x", each));
            } else {
                harmless.appendCodePoint(each);
            }
        }
        return harmless.toString();
    }
}
