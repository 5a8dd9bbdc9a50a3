package execnet4j.bench.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * A Java to measure with.
 *
 * @param release its feature release
 * @param home where it is
 */
record Jdk(int release, String home) {
    private static final int WITH_VIRTUAL_THREADS = 21;

    /** Those of a text with a line {@code release home} for each. */
    static List<Jdk> all(String text) {
        return text.lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> words.length == 2)
                .map(words -> new Jdk(Integer.parseInt(words[0]), words[1]))
                .sorted((left, right) -> Integer.compare(left.release, right.release))
                .toList();
    }

    boolean hasVirtualThreads() {
        return release >= WITH_VIRTUAL_THREADS;
    }

    /** What starts a program of ours with the Java of a home. */
    static List<String> command(String home, List<String> options, Class<?> main) {
        List<String> words = new ArrayList<>(List.of(home + "/bin/java"));
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return words;
    }
}
