package execnet4j.bootstrap;

/** Text as a string literal of Python, in ASCII characters and on one line. */
final class PythonLiteral {
    private PythonLiteral() {}

    static String of(String text) {
        StringBuilder literal = new StringBuilder(text.length() + text.length() / 16 + 2).append('\'');
        text.codePoints().forEach(each -> append(literal, each));
        return literal.append('\'').toString();
    }

    private static void append(StringBuilder literal, int character) {
        if (character == '\\' || character == '\'') {
            literal.append('\\').append((char) character);
        } else if (character == '\n') {
            literal.append("\\n");
        } else if (character >= ' ' && character < 0x7F) {
            literal.append((char) character);
        } else {
            literal.append(String.format("\\U%08x", character));
        }
    }
}
