package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.error.ExecnetException;
import execnet4j.error.LoadException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeLibraryTest {
    @TempDir
    private Path directory;

    private Path classes;

    @BeforeEach
    void fill() throws IOException {
        classes = Files.createDirectories(directory.resolve("classes"));
        Files.createDirectories(classes.resolve("x"));
        Files.writeString(classes.resolve("x/inside.txt"), "inside");
        Files.writeString(directory.resolve("secret.txt"), "secret");
    }

    private CodeLibrary library(Path... entries) {
        return new TaskShipper(TaskClassPath.of(List.of(entries))).codeLibrary(FarSide.RELEASE);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private Path jar(String name, String manifestPath, String resource) throws IOException {
        Path file = directory.resolve(name);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, manifestPath);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry(resource));
            jar.write(name.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void resourcesAreFoundInDirectoriesAndJars() throws IOException {
        jar("second.jar", "", "only/second.txt");
        CodeLibrary library = library(classes, jar("first.jar", "second.jar gone.jar", "x/inside.txt"));

        assertThat(text(library.resource("x/inside.txt"))).isEqualTo("inside");
        assertThat(text(library.resource("only/second.txt"))).isEqualTo("second.jar");
        assertThat(library.resource("x/gone.txt")).isNull();
        assertThat(library.resource("x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret.txt", "x/../../secret.txt", "/etc/passwd", "x\\..\\secret", "", "x//inside.txt", "./x"
            })
    void namesThatLeadOutEndTheGateway(String name) {
        CodeLibrary library = library(classes);

        assertThatThrownBy(() -> library.resource(name)).isInstanceOf(LoadException.class);
        assertThatThrownBy(() -> library.classBytes(name)).isInstanceOf(LoadException.class);
    }

    @Test
    void linksThatLeadOutAreNotFollowed() throws IOException {
        Files.createSymbolicLink(classes.resolve("link.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(classes.resolve("up"), directory);
        Files.createSymbolicLink(classes.resolve("within.txt"), classes.resolve("x/inside.txt"));
        CodeLibrary library = library(classes);

        assertThat(library.resource("link.txt")).isNull();
        assertThat(library.resource("up/secret.txt")).isNull();
        assertThat(text(library.resource("within.txt"))).isEqualTo("inside");
    }

    @Test
    void aResourceThatIsTooLargeIsRefused() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(classes.resolve("large.bin").toFile(), "rw")) {
            file.setLength(PathEntry.MOST_BYTES + 1L);
        }

        assertThatThrownBy(() -> library(classes).resource("large.bin"))
                .isInstanceOf(ExecnetException.class)
                .isNotInstanceOf(LoadException.class)
                .hasMessageContaining("large.bin has more than");
    }

    @Test
    void classesOfTheJdkAndOfOursAreNotGiven() {
        CodeLibrary library = new TaskShipper(TaskClassPath.ofApplication()).codeLibrary(FarSide.RELEASE);

        assertThat(library.classBytes("java.lang.String")).isNull();
        assertThat(library.classBytes("execnet4j.channel.Channel")).isNull();
        assertThatThrownBy(() -> library.classBytes(TaskShipper.class.getName()))
                .isInstanceOf(ExecnetException.class)
                .isNotInstanceOf(LoadException.class);
        assertThat(library.classBytes("org.junit.jupiter.api.Test")).isNotNull();
        assertThat(library.classBytes(CodeLibraryTest.class.getName())).isNotNull();
    }

    @Test
    void classesArriveAsShippedOnesDo() throws IOException {
        byte[] exits = Objects.requireNonNull(
                new LoadedClassBytes(getClass().getClassLoader()).of(ExitRedirectTest.Leaves.class.getName()));
        Files.write(classes.resolve("Exits.class"), exits);
        Files.write(classes.resolve("Future.class"), ClassVersion.patched(exits, 99));

        assertThat(library(classes).classBytes("Exits")).isEqualTo(ExitRedirect.apply(exits));
        assertThatThrownBy(() -> library(classes).classBytes("Future"))
                .isInstanceOf(ExecnetException.class)
                .hasMessageContaining("Future is compiled for Java 99, the worker runs Java " + FarSide.RELEASE);
    }

    @Test
    void anEntryThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> TaskClassPath.of(List.of(directory.resolve("gone"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone");
        assertThatThrownBy(() -> TaskClassPath.of(List.of(directory.resolve("secret.txt"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret.txt");
    }
}
