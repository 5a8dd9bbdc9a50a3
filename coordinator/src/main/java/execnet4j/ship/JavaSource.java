package execnet4j.ship;

import org.jspecify.annotations.Nullable;

/**
 * Source text to be compiled: the user's, with what has to stand around it. Nothing that is added has a line end before the
 * end of the user's text, so that line numbers are the user's.
 *
 * @param name what stands before the positions in messages: a path or {@code <remote exec>}
 * @param traceName what stands in stack traces
 * @param userText the user's
 * @param before stands before the user's text
 * @param splitAt the place in the user's text where {@code between} stands
 * @param between stands in the user's text
 * @param after stands after the user's text
 */
record JavaSource(
        String name, String traceName, String userText, String before, int splitAt, String between, String after) {

    static JavaSource ofFile(String path, String fileName, String text) {
        return new JavaSource(path, fileName, text, "", text.length(), "", "");
    }

    String text() {
        return before + userText.substring(0, splitAt) + between + userText.substring(splitAt) + after;
    }

    /** The place in the user's text for one in the whole; what was added counts as the user's place next to it. */
    int userOffset(int offset) {
        int inUser = Math.max(0, offset - before.length());
        if (inUser > splitAt) {
            inUser = Math.max(splitAt, inUser - between.length());
        }
        return inUser <= userText.length() ? inUser : userText.stripTrailing().length();
    }

    /** An error as it is shown: its place, the text, and the line it is in. */
    String shown(@Nullable Position position, String message) {
        return position == null
                ? name + ": " + message
                : name + ":" + position.line() + ":" + position.column() + ": " + message + "\n    "
                        + position.lineText();
    }

    Position position(int userOffset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < userOffset; i++) {
            char c = userText.charAt(i);
            if (c == '\n' || (c == '\r' && !userText.startsWith("\n", i + 1))) {
                line++;
                start = i + 1;
            }
        }
        int end = start;
        while (end < userText.length() && userText.charAt(end) != '\n' && userText.charAt(end) != '\r') {
            end++;
        }
        return new Position(line, userOffset - start + 1, userText.substring(start, end));
    }

    /** A place in the user's text, line and column from 1. */
    record Position(int line, int column, String lineText) {}
}
