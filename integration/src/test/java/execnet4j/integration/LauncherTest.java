package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code execnet4j} in a fresh checkout, in a folder with a space in its name. */
class LauncherTest {
    private static final Set<String> NOT_COPIED = Set.of(".git", "target", "test");

    @TempDir
    Path folder;

    private Path checkout;
    private Path link;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = folder.resolve("check out");
        copy(Repository.ROOT, checkout);
        link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("execnet4j"));
    }

    @Test
    void buildsOnceForTwoAndAgainWhenSourcesHaveChanged() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        List<String> version = List.of(link.toString(), "--version");
        Process first = ProgramRun.start(one, version);
        Process second = ProgramRun.start(two, version);
        List<ProgramRun> both = List.of(ProgramRun.toEnd(first, one), ProgramRun.toEnd(second, two));
        assertThat(both).allSatisfy(run -> {
            assertThat(run.exitStatus()).as(run.errors()).isZero();
            assertThat(run.output()).startsWith("execnet4j ");
        });
        assertThat(both.get(0).errors() + both.get(1).errors())
                .containsOnlyOnce("execnet4j: first use; building")
                .matches("(?m)(execnet4j: (first use|waiting for another build to end \\(process \\d+, ).*\n)+");

        ProgramRun again = ProgramRun.of(one, version);
        assertThat(again.errors()).isEmpty();
        assertThat(again.output()).startsWith("execnet4j ");

        Files.writeString(
                checkout.resolve("cli/src/main/java/execnet4j/cli/Main.java"), "oops", StandardOpenOption.APPEND);
        ProgramRun broken = ProgramRun.of(one, version);
        assertThat(broken.exitStatus()).isEqualTo(1);
        assertThat(broken.errors())
                .startsWith("execnet4j: sources have changed; building again")
                .contains("Main.java:[", "the build failed");
        assertThat(broken.output()).isEmpty();
    }

    @Test
    void aJavaThatIsMissingOrTooOldIsNamed() throws Exception {
        ProgramRun missing = ProgramRun.of(folder, List.of("env", "JAVA_HOME=/none", link.toString(), "--version"));
        assertThat(missing.exitStatus()).isEqualTo(1);
        assertThat(missing.errors()).contains("no java in JAVA_HOME (/none)").hasLineCount(1);

        Path old = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho '    java.specification.version = 1.8'\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        ProgramRun tooOld = ProgramRun.of(
                folder, List.of("env", "JAVA_HOME=" + folder.resolve("old"), link.toString(), "--version"));
        assertThat(tooOld.exitStatus()).isEqualTo(1);
        assertThat(tooOld.errors())
                .contains(old + " is Java 1.8, and 17 is the least")
                .hasLineCount(1);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (!each.equals(from) && NOT_COPIED.contains(each.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(each)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.copy(each, to.resolve(from.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
