package execnet4j.integration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block of code in a page.
 *
 * @param page the page's file name
 * @param heading the heading it stands under
 * @param number its number under that heading, from 1
 * @param line the line of the page that its first line is, from 1
 * @param code its text
 * @param output what it prints, if a block of {@code text} follows at once
 */
record CodeBlock(
        String page,
        String heading,
        int number,
        int line,
        String code,
        @Nullable String output) {
    /** All blocks of Java of a page, in order. */
    static List<CodeBlock> of(String page, List<String> lines) {
        return of(page, lines, "java");
    }

    /** All blocks of a language of a page, in order. */
    static List<CodeBlock> of(String page, List<String> lines, String language) {
        List<CodeBlock> blocks = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        String heading = page;
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.matches("#{1,6} .*")) {
                heading = line.replaceFirst("#+ ", "");
            } else if (line.startsWith("```")) {
                int end = endOf(page, lines, at);
                if (line.equals("```" + language)) {
                    int number = numbers.merge(heading, 1, Integer::sum);
                    blocks.add(new CodeBlock(
                            page, heading, number, at + 2, text(lines, at, end), outputAfter(page, lines, end)));
                }
                at = end;
            }
            at++;
        }
        return blocks;
    }

    private static @Nullable String outputAfter(String page, List<String> lines, int end) {
        int next = end + 1;
        while (next < lines.size() && lines.get(next).isBlank()) {
            next++;
        }
        return next < lines.size() && lines.get(next).equals("```text")
                ? text(lines, next, endOf(page, lines, next))
                : null;
    }

    private static int endOf(String page, List<String> lines, int start) {
        for (int at = start + 1; at < lines.size(); at++) {
            if (lines.get(at).equals("```")) {
                return at;
            }
        }
        throw new IllegalArgumentException(page + ":" + (start + 1) + ": the block has no end");
    }

    private static String text(List<String> lines, int start, int end) {
        return String.join("\n", lines.subList(start + 1, end));
    }

    /** For the name of its test. */
    String title() {
        return page + ": " + heading + " #" + number;
    }
}
