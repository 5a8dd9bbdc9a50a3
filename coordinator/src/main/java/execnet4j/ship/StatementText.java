package execnet4j.ship;

import execnet4j.channel.Channel;
import execnet4j.channel.RemoteTask;
import execnet4j.error.TaskCompileException;
import execnet4j.protocol.CodeHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Statements, which may start with imports, as the text of a class that implements {@link RemoteTask}. */
final class StatementText {
    /** What stands for the file in messages and traces. */
    static final String NAME = "<remote exec>";

    private static final String IMPORTS = List.of(
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "java.io",
                    "java.nio.file",
                    "execnet4j.channel",
                    "execnet4j.serial",
                    "execnet4j.error")
            .stream()
            .map(each -> "import " + each + ".*;")
            .collect(Collectors.joining());

    private final String text;

    private StatementText(String text) {
        this.text = text;
    }

    /** One name for each text, so that texts of one worker do not replace each other. */
    static String className(String text) {
        return "RemoteExec_"
                + CodeHash.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    /**
     * The text of the class.
     *
     * @throws TaskCompileException if the braces do not match: the compiler would see the class's own among them
     */
    static JavaSource source(String text) {
        StatementText statements = new StatementText(text);
        int importsEnd = statements.importsEnd();
        String head = "final class " + className(text) + " implements " + RemoteTask.class.getName()
                + " { public void run(" + Channel.class.getName() + " channel) throws java.lang.Exception { ";
        JavaSource source = new JavaSource(NAME, NAME, text, IMPORTS, importsEnd, head, "\n}}");
        statements.checkBraces(source, importsEnd);
        return source;
    }

    /** Where the statements begin. */
    private int importsEnd() {
        int end = 0;
        while (true) {
            int word = skipBlank(end);
            if (!text.startsWith("import", word)
                    || word + 6 >= text.length()
                    || Character.isJavaIdentifierPart(text.charAt(word + 6))) {
                return end;
            }
            int semicolon = text.indexOf(';', word);
            if (semicolon < 0) {
                return text.length();
            }
            end = semicolon + 1;
        }
    }

    private int skipBlank(int from) {
        int i = from;
        while (i < text.length()) {
            if (Character.isWhitespace(text.charAt(i))) {
                i++;
            } else if (text.startsWith("//", i) || text.startsWith("/*", i)) {
                i = skipToken(i);
            } else {
                return i;
            }
        }
        return i;
    }

    private void checkBraces(JavaSource source, int from) {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = from; i < text.length(); i = skipToken(i)) {
            char c = text.charAt(i);
            if (c == '{') {
                open.push(i);
            } else if (c == '}' && open.isEmpty()) {
                throw error(source, i, "'}' without a '{' before it");
            } else if (c == '}') {
                open.pop();
            }
        }
        if (!open.isEmpty()) {
            throw error(source, open.pop(), "'{' is never closed");
        }
    }

    private static TaskCompileException error(JavaSource source, int offset, String message) {
        JavaSource.Position position = source.position(offset);
        return new TaskCompileException(source.shown(position, message), position.line(), position.column());
    }

    /** The end of the comment, literal or character that begins here; what is never closed goes on to the end of the text. */
    private int skipToken(int i) {
        if (text.startsWith("//", i)) {
            int end = text.indexOf('\n', i);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", i)) {
            int end = text.indexOf("*/", i + 2);
            return end < 0 ? text.length() : end + 2;
        }
        if (text.startsWith("\"\"\"", i)) {
            return skipLiteral(i, "\"\"\"");
        }
        char c = text.charAt(i);
        return c == '"' || c == '\'' ? skipLiteral(i, String.valueOf(c)) : i + 1;
    }

    private int skipLiteral(int start, String quote) {
        int i = start + quote.length();
        while (i < text.length() && !text.startsWith(quote, i)) {
            if (text.charAt(i) == '\n' && quote.length() == 1) {
                return i;
            }
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), i + quote.length());
    }
}
