package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TaskClassPathTest {
    @TempDir
    Path directory = Path.of("");

    private Path jar = directory;

    @BeforeEach
    void make() throws IOException {
        jar = directory.resolve("code.jar");
        write("old");
    }

    private void write(String content) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("name.txt"));
            entries.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void closingLetsTheJarsGoAndTheNextUseOpensThemAgain() throws IOException {
        TaskClassPath classPath = TaskClassPath.of(List.of(jar));
        assertThat(classPath.find("name.txt")).asString(StandardCharsets.UTF_8).isEqualTo("old");

        classPath.close();
        write("newer");

        assertThat(classPath.find("name.txt")).asString(StandardCharsets.UTF_8).isEqualTo("newer");
        classPath.close();
    }

    @Test
    void aFileWhereAFolderWouldBeHidesNoLaterEntry() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.createFile(folder.resolve("name.txt"));
        Path later =
                Files.createDirectories(directory.resolve("later/name.txt")).getParent();
        Files.writeString(later.resolve("name.txt/inside"), "found");
        TaskClassPath classPath = TaskClassPath.of(List.of(folder, later));

        assertThat(classPath.find("name.txt/inside"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("found");
        assertThat(classPath.find("x".repeat(300))).isNull();
        classPath.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aClosedGroupHoldsNoJarOpen() throws IOException {
        Group group = Group.builder().taskClassPath(jar).build();
        assertThat(isOpen(jar)).isTrue();

        group.close();

        assertThat(isOpen(jar)).isFalse();
    }

    private static boolean isOpen(Path file) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(descriptor, file));
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
