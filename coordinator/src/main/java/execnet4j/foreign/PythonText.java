package execnet4j.foreign;

import execnet4j.protocol.SourceOrder;
import java.util.regex.Pattern;

/** Tells Python from Java, for better errors. */
final class PythonText {
    /** Lines that are Python's alone, save for what Java lacks a semicolon in. */
    private static final Pattern STATEMENT = Pattern.compile(
            "^\\s*(?:def \\w+\\s*\\(.*|from [\\w.]+ import .*|import [\\w., ]+|pass|#.*|@\\w+.*"
                    + "|(?:for .+ in .+|while .+|if .+|elif .+|else|try|with .+|except.*|finally|class \\w+.*):\\s*(?:#.*)?)$",
            Pattern.MULTILINE);

    /** How a line of Java ends somewhere. */
    private static final Pattern JAVA_LINE = Pattern.compile("[;{}]\\s*(?://.*)?$", Pattern.MULTILINE);

    private PythonText() {}

    /** Whether it can be nothing else: masters send functions and files of Python only. */
    static boolean isCertain(SourceOrder order) {
        return order.function() != null || order.file() != null;
    }

    /** Whether a text that is no Java looks like Python. */
    static boolean isLikely(String text) {
        return STATEMENT.matcher(text).find() || !JAVA_LINE.matcher(text).find();
    }
}
