package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of the threads names each that the sources start. */
class ThreadNamesTest {
    private static final Pattern START = Pattern.compile("DaemonThreads\\.start\\(|new Thread\\(");
    private static final Pattern NAME = Pattern.compile("\"(execnet4j-[a-z-]+)\"");

    @Test
    void thePageHasThemAll() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/CONCURRENCY.md"));
        for (String module : List.of("kernel", "coordinator", "cli")) {
            try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    check(file, page);
                }
            }
        }
    }

    private static void check(Path file, String page) throws IOException {
        String text = Files.readString(file);
        if (START.matcher(text).find()) {
            List<String> names = NAME.matcher(text)
                    .results()
                    .map((MatchResult each) -> each.group(1))
                    .toList();
            assertThat(names).as("names of the threads in %s", file).isNotEmpty();
            assertThat(names)
                    .as("names of the threads in %s", file)
                    .allSatisfy(name -> assertThat(page).contains("`" + name + (name.endsWith("-") ? "" : "`")));
        }
    }
}
