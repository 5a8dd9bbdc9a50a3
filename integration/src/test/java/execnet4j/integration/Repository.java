package execnet4j.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
public final class Repository {
    /** Its top folder. */
    public static final Path ROOT = root();

    private Repository() {}

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("check"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run the tests inside the repository: there is no 'check' above "
                        + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** README.md and the pages of docs/, in alphabetic order. */
    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        if (Files.exists(ROOT.resolve("README.md"))) {
            pages.add(ROOT.resolve("README.md"));
        }
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }
}
