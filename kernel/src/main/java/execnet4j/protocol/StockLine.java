package execnet4j.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a master with plain execnet: a Python program in quotes, which this worker does not run. Its end names
 * the gateway and the model, in the form of execnet 1.9 to 2.1; a line that does not is served as well.
 */
final class StockLine {
    private static final Pattern MODEL = Pattern.compile("get_execmodel\\(\\\\?'(\\w+)\\\\?'\\)");
    private static final Pattern ID = Pattern.compile("id=\\\\?'([^'\\\\]+)-worker\\\\?'\\)");

    private static final String MAIN_THREAD_ONLY = "main_thread_only";

    private StockLine() {}

    /** The gateway's id at its master, or {@code worker}. */
    static String id(String line) {
        return last(ID, line, "worker");
    }

    /** The models of Python's event loops are threads here: what runs in them does not wait for each other either. */
    static String execModel(String line) {
        return last(MODEL, line, "thread").equals(MAIN_THREAD_ONLY) ? MAIN_THREAD_ONLY : "thread";
    }

    private static String last(Pattern pattern, String line, String otherwise) {
        String found = otherwise;
        for (Matcher matcher = pattern.matcher(line); matcher.find(); ) {
            found = matcher.group(1);
        }
        return found;
    }
}
