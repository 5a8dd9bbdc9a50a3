package execnet4j.channel;

import execnet4j.text.HarmlessText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Errors as they go over the wire: text, made from an exception at one end, made harmless at the other. */
public final class ErrorText {
    /** Begins every traceback that is sent. */
    public static final String HEADER = "Traceback of the remote code:\n";

    private static final Pattern SHARED_FRAMES = Pattern.compile("\\s*\\.\\.\\. \\d+ more");
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
        return HarmlessText.of(HEADER + String.join("\n", kept.subList(0, Math.max(1, lastOfUser))));
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
}
