package execnet4j.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An item's error in one line. */
final class FailureText {
    private static final String OUR_HEADER = "Traceback of the remote code:";
    private static final String PYTHON_HEADER = "Traceback (most recent call last):";
    private static final Pattern PYTHON_FRAME = Pattern.compile("  File \"(?:.*/)?([^/]+)\", line (\\d+), in .*");
    private static final Pattern USERS_FRAME = Pattern.compile("\\s*at execnet4j-task//.*\\(([^()]+:\\d+)\\)");

    private FailureText() {}

    /** What was thrown and where in the user's file; of an error without a traceback its first line. */
    static String inShort(String error) {
        List<String> lines = error.lines().filter(each -> !each.isBlank()).toList();
        if (lines.isEmpty()) {
            return "without a reason";
        }
        if (lines.size() > 1 && lines.get(0).equals(OUR_HEADER)) {
            return lines.get(1) + place(lines);
        }
        return lines.get(0).equals(PYTHON_HEADER) ? lines.get(lines.size() - 1) + pythonPlace(lines) : lines.get(0);
    }

    /** The innermost line of the file that the traceback begins with, which is the user's. */
    private static String pythonPlace(List<String> lines) {
        List<Matcher> frames = lines.stream()
                .map(PYTHON_FRAME::matcher)
                .filter(Matcher::matches)
                .toList();
        return frames.stream()
                .filter(frame -> frame.group(1).equals(frames.get(0).group(1)))
                .reduce((outer, inner) -> inner)
                .map(frame -> " (" + frame.group(1) + ":" + frame.group(2) + ")")
                .orElse("");
    }

    private static String place(List<String> lines) {
        return lines.stream()
                .takeWhile(each -> !each.startsWith("Caused by: "))
                .map(USERS_FRAME::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(frame -> " (" + frame.group(1) + ")")
                .orElse("");
    }
}
