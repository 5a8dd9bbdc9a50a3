package execnet4j.channel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Errors as they go over the wire: text, made from an exception at one end, made harmless at the other. */
public final class ErrorText {
    /** Begins every traceback that is sent. */
    public static final String HEADER = "Traceback of the remote code:\n";

    private static final int MAX_CHARS = 1 << 16;
    private static final String OURS = "execnet4j.";

    private ErrorText() {}

    /**
     * The traceback of an exception, as the other side shall read it. Our own frames below the user's code are left out.
     *
     * @param failure what was thrown; itself not changed
     * @return begins with {@link #HEADER}
     */
    public static String of(Throwable failure) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        failure.printStackTrace(out);
        out.flush();
        String[] lines = text.toString().split("\n", -1);
        int end = lines.length;
        while (end > 1 && isNoise(lines[end - 1])) {
            end--;
        }
        return HEADER + String.join("\n", Arrays.copyOf(lines, end));
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
     * Text of the other side that is safe to show: bounded, and no control characters but tab and line end.
     *
     * @param received what came
     * @return the text; what was cut or escaped shows
     */
    static String harmless(@Nullable Object received) {
        String text = String.valueOf(received);
        boolean cut = text.length() > MAX_CHARS;
        StringBuilder harmless = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_CHARS); i++) {
            char each = text.charAt(i);
            if (Character.isISOControl(each) && each != '\n' && each != '\t') {
                harmless.append(String.format("\\u%04x", (int) each));
            } else {
                harmless.append(each);
            }
        }
        return harmless.append(cut ? "\n... (" + text.length() + " characters in all)" : "")
                .toString();
    }
}
