package execnet4j.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Markdown file, of which one part is generated and the rest is not touched. */
final class Page {
    static final String BEGIN = "<!-- begin: made by bench/compare -->";
    static final String END = "<!-- end: made by bench/compare -->";

    private Page() {}

    /** Puts content between the two marks of a file, or makes a file of nothing else. */
    static void write(Path file, String content) throws IOException {
        String part = BEGIN + "\n\n" + content + "\n\n" + END;
        String text = Files.exists(file) ? Files.readString(file) : "";
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin >= 0 && end > begin) {
            Files.writeString(file, text.substring(0, begin) + part + text.substring(end + END.length()));
        } else if (text.isEmpty()) {
            Files.writeString(file, part + "\n");
        } else {
            throw new IOException(file + " has not the two lines between which to write: " + BEGIN + " and " + END);
        }
    }
}
