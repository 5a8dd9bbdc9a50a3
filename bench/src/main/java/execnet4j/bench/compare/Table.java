package execnet4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows as a table that is Markdown and can be read as it is. */
final class Table {
    static final List<String> HEAD = List.of("line", "what", "where", "execnet4j", "against", "ratio", "goal", "");

    private static final int VERDICT = HEAD.size() - 1;

    private Table() {}

    static String of(List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(HEAD);
        all.add(HEAD.stream().map(each -> "-").toList());
        all.addAll(rows);
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    /** How many goals there are and how many were met, as a paragraph; nothing where there are none. */
    static String total(List<List<String>> rows) {
        long goals = rows.stream().filter(row -> !row.get(VERDICT).isEmpty()).count();
        long met =
                rows.stream().filter(row -> row.get(VERDICT).equals(Goal.MET)).count();
        return goals == 0 ? "" : "\n\n" + met + " of " + goals + " goals are met.";
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> padded(row.get(column), widths[column]))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String padded(String cell, int width) {
        return cell.equals("-") ? "-".repeat(width) : cell + " ".repeat(width - cell.length());
    }
}
