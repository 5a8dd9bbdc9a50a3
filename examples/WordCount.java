import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts a text file, as {@code wc} does. The workers count, each one file at a time; see {@code docs/map.md}. */
public final class WordCount {
    private WordCount() {}

    /** Runs in a worker: one item in, one value out. */
    public static Object apply(Object item) throws IOException {
        String text = Files.readString(Path.of((String) item));
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("lines", text.lines().count());
        counts.put("words", text.isBlank() ? 0 : text.strip().split("\\s+").length);
        counts.put("characters", text.codePointCount(0, text.length()));
        return counts;
    }
}
