package execnet4j.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words as a POSIX shell does, without expanding anything: blanks separate; single quotes keep all;
 * double quotes keep all but a backslash before {@code "} or {@code \}; a backslash outside quotes keeps the next
 * character.
 */
final class ShellWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /** The words; throws IllegalArgumentException, saying what is left open, for an unfinished quote or backslash. */
    static List<String> split(String text) {
        return new ShellWords(text).split();
    }

    private List<String> split() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            switch (next) {
                case ' ', '\t' -> endWord();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> take(afterBackslash());
                default -> take(next);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void take(char next) {
        word.append(next);
        inWord = true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private void singleQuoted() {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw new IllegalArgumentException("a single quote is left open");
        }
        word.append(text, at, end);
        inWord = true;
        at = end + 1;
    }

    private void doubleQuoted() {
        inWord = true;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return;
            }
            if (next == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0) {
                next = text.charAt(at++);
            }
            word.append(next);
        }
        throw new IllegalArgumentException("a double quote is left open");
    }

    private char afterBackslash() {
        if (at == text.length()) {
            throw new IllegalArgumentException("nothing follows the last backslash");
        }
        return text.charAt(at++);
    }
}
