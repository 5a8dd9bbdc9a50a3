package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/behaviours.md}: which test covers which behaviour, read from the display names of the tests, which
 * start with the numbers of what they cover. {@code mvn test -pl integration -am -Dtest=BehavioursPageTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dexecnet4j.rewrite=true} writes the page anew.
 */
class BehavioursPageTest {
    private static final Path PAGE = Repository.ROOT.resolve("docs/behaviours.md");
    private static final Pattern NUMBERS = Pattern.compile("\"((?:[A-Z]\\d\\d[ ,:]+)+)");
    private static final Pattern NUMBER = Pattern.compile("[A-Z]\\d\\d");

    private final List<Behaviour> behaviours = Behaviour.all();

    @Test
    void everyBehaviourOfTheCoreHasATestOrAReason() throws IOException {
        Map<String, Set<String>> tests = testsByNumber();
        assertThat(behaviours)
                .filteredOn(Behaviour::isDue)
                .filteredOn(each -> each.noTest() == null && !tests.containsKey(each.number()))
                .extracting(each -> each.number() + " " + each.text())
                .as("neither a test whose display name starts with the number nor a reason in behaviours.txt")
                .isEmpty();
    }

    @Test
    void everyNumberInATestIsInTheList() throws IOException {
        assertThat(testsByNumber().keySet())
                .isSubsetOf(behaviours.stream().map(Behaviour::number).collect(Collectors.toSet()));
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = page(testsByNumber());
        if (Boolean.getBoolean("execnet4j.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("docs/behaviours.md; -Dexecnet4j.rewrite=true writes it")
                .isEqualTo(page);
    }

    private String page(Map<String, Set<String>> tests) {
        StringBuilder page = new StringBuilder("""
                # Behaviours

                What execnet's own tests pin, one line each, and where execnet4j's tests pin it. The test class
                `BehavioursPageTest` writes this page, from `behaviours.txt` beside it and from the display names of all tests.

                | number | behaviour | covered by |
                |---|---|---|
                """);
        for (Behaviour each : behaviours) {
            page.append(
                    "| %s | %s | %s |%n".formatted(each.number(), each.text().replace("|", "\\|"), cover(each, tests)));
        }
        return page.toString();
    }

    private static String cover(Behaviour behaviour, Map<String, Set<String>> tests) {
        Set<String> covering = tests.getOrDefault(behaviour.number(), Set.of());
        if (!covering.isEmpty()) {
            return covering.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        }
        if (behaviour.noTest() != null) {
            return "no test: " + behaviour.noTest();
        }
        if (behaviour.tag().equals("N")) {
            return "not applicable";
        }
        return behaviour.isDue() ? "**not covered yet**" : "not yet: " + behaviour.area();
    }

    /** For each number the simple names of the test classes that cover it. */
    private static Map<String, Set<String>> testsByNumber() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>();
        for (Path source : testSources()) {
            String name = source.getFileName().toString().replace(".java", "");
            Matcher literals = NUMBERS.matcher(Files.readString(source));
            while (literals.find()) {
                NUMBER.matcher(literals.group(1))
                        .results()
                        .forEach(number -> tests.computeIfAbsent(number.group(), any -> new TreeSet<>())
                                .add(name));
            }
        }
        return tests;
    }

    private static List<Path> testSources() throws IOException {
        try (Stream<Path> modules = Files.list(Repository.ROOT)) {
            List<Path> trees = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList();
            List<Path> sources = new ArrayList<>();
            for (Path tree : trees) {
                try (Stream<Path> files = Files.walk(tree)) {
                    files.filter(file -> file.toString().endsWith("Test.java")).forEach(sources::add);
                }
            }
            return sources;
        }
    }
}
