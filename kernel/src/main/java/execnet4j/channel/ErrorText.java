package execnet4j.channel;

import execnet4j.text.HarmlessText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Errors as they go over the wire: text, made from an exception at one end, made {@linkplain HarmlessText harmless} at both. */
public final class ErrorText {
    /** Begins every traceback that is sent. */
    public static final String HEADER = "Traceback of the remote code:\n";

    /** So many frames of one exception are kept, half of them from either end. */
    static final int MAX_FRAMES = 100;

    private static final Pattern SHARED_FRAMES = Pattern.compile("\\s*\\.\\.\\. \\d+ more");

    private static final String PYTHON_HEADER = "Traceback (most recent call last)";

    private static final String OURS = "execnet4j.";

    private ErrorText() {}

    /**
     * The traceback of an exception, as the other side shall read it. Our own frames and those of reflection below the user's
     * code are left out, under each cause too, and of more than {@value #MAX_FRAMES} frames in a row those in the middle.
     *
     * @param failure what was thrown; itself not changed
     * @return begins with {@link #HEADER}; can be sent, whatever the exception's message is
     */
    public static String of(Throwable failure) {
        List<String> kept = new ArrayList<>();
        List<String> frames = new ArrayList<>();
        for (String line : stackTrace(failure).split("\n", -1)) {
            if (isFrame(line)) {
                frames.add(line);
            } else if (SHARED_FRAMES.matcher(line).matches()) {
                // What is above them was called from one of them: the user's, if any is.
                addFrames(frames, frames.size(), kept);
            } else {
                addFrames(frames, endOfUsers(frames), kept);
                kept.add(line);
            }
        }
        addFrames(frames, endOfUsers(frames), kept);
        return HarmlessText.of(HEADER + String.join("\n", kept).stripTrailing());
    }

    /**
     * What a traceback of either language comes down to.
     *
     * @param text a traceback or any other text of an error
     * @return one line
     */
    static String headline(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return "";
        }
        boolean javas = text.startsWith(HEADER) && lines.size() > 1;
        boolean pythons = text.startsWith(PYTHON_HEADER);
        return HarmlessText.inShort(lines.get(pythons ? lines.size() - 1 : javas ? 1 : 0));
    }

    /** Where the frames below the user's begin. */
    private static int endOfUsers(List<String> frames) {
        int end = frames.size();
        while (end > 0 && isNoise(frames.get(end - 1))) {
            end--;
        }
        return end;
    }

    /** The frames of one exception up to an end, but not too many; then there are none any more. */
    private static void addFrames(List<String> frames, int end, List<String> kept) {
        int left = Math.max(0, end - MAX_FRAMES);
        int cut = left == 0 ? end : MAX_FRAMES / 2;
        kept.addAll(frames.subList(0, cut));
        if (left > 0) {
            kept.add("\t... " + left + " more in between");
            kept.addAll(frames.subList(cut + left, end));
        }
        frames.clear();
    }

    private static boolean isFrame(String line) {
        return line.stripLeading().startsWith("at ");
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
        return frame.contains("at " + OURS)
                || frame.contains("//" + OURS)
                || frame.contains("/" + OURS)
                || frame.startsWith("at java.base/");
    }
}
