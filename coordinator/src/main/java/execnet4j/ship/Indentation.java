package execnet4j.ship;

import java.util.stream.Collectors;

/** What the lines of a text are indented by in common, as Python's {@code textwrap.dedent} has it. */
final class Indentation {
    private Indentation() {}

    /** The text without it. Lines of nothing but blanks do not count. */
    static String removed(String text) {
        String common = text.lines()
                .filter(line -> !line.isBlank())
                .map(Indentation::of)
                .reduce(Indentation::common)
                .orElse("");
        if (common.isEmpty()) {
            return text;
        }
        return text.lines()
                .map(line -> line.startsWith(common) ? line.substring(common.length()) : "")
                .collect(Collectors.joining("\n", "", text.endsWith("\n") ? "\n" : ""));
    }

    private static String of(String line) {
        int end = 0;
        while (line.charAt(end) == ' ' || line.charAt(end) == '\t') {
            end++;
        }
        return line.substring(0, end);
    }

    private static String common(String one, String other) {
        int end = 0;
        while (end < one.length() && end < other.length() && one.charAt(end) == other.charAt(end)) {
            end++;
        }
        return one.substring(0, end);
    }
}
