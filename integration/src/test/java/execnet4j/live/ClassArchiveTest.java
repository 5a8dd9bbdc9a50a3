package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.live.programs.ArchiveUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that workers start faster with, made by one coordinator and used by the next. */
class ClassArchiveTest {
    private static final Duration TO_MAKE_ONE = Duration.ofSeconds(90);

    @TempDir
    Path cache = Path.of("");

    @Test
    void itIsMadeOnceAndUsedFromThenOn() throws Exception {
        try (ChildJvm first = coordinator(cache.toString())) {
            assertThat(answer(first, "popen")).containsExactly("without", "done");
            Path archive = awaitArchives(1).get(0);
            assertThat(answer(first, "popen")).containsExactly("with", "done");

            try (ChildJvm second = coordinator(cache.toString())) {
                long made = Files.getLastModifiedTime(archive).toMillis();
                assertThat(answer(second, "popen")).containsExactly("with", "done");
                assertThat(answer(second, "popen//jvm=-Dsome=thing")).containsExactly("with", "done");
                assertThat(files()).containsExactly(archive);
                assertThat(Files.getLastModifiedTime(archive).toMillis()).isEqualTo(made);
            }
        }
    }

    @Test
    void twoCoordinatorsAtOnceMakeOne() throws Exception {
        try (ChildJvm one = coordinator(cache.toString());
                ChildJvm other = coordinator(cache.toString())) {
            one.say("popen");
            other.say("popen");
            assertThat(one.readTo("done")).contains("without");
            assertThat(other.readTo("done")).contains("without");
            awaitArchives(1);
            assertThat(answer(one, "popen")).containsExactly("with", "done");
            assertThat(answer(other, "popen")).containsExactly("with", "done");
        }
    }

    @Test
    void workersStartWithoutOneThatIsBrokenAndSayNothing() throws Exception {
        try (ChildJvm coordinator = coordinator(cache.toString())) {
            answer(coordinator, "popen");
            Path archive = awaitArchives(1).get(0);
            assertThat(archive.toFile().setWritable(true)).isTrue();
            for (byte[] broken : List.of(new byte[0], "garbage".getBytes(), new byte[1 << 20])) {
                Files.write(archive, broken);
                assertThat(answer(coordinator, "popen")).containsExactly("without", "done");
            }
        }
    }

    @Test
    void aFolderThatOthersCanWriteToIsNotTrusted() throws Exception {
        try (ChildJvm coordinator = coordinator(cache.toString())) {
            answer(coordinator, "popen");
            Path archive = awaitArchives(1).get(0);
            Files.setPosixFilePermissions(archive.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThat(answer(coordinator, "popen")).containsExactly("without", "done");
        }
    }

    @Test
    void whereNothingCanBeWrittenWorkersStartWithout() throws Exception {
        Path file = Files.createFile(cache.resolve("file"));
        for (String folder : List.of(file.resolve("below").toString(), "", "relative")) {
            try (ChildJvm coordinator = coordinator(folder)) {
                assertThat(answer(coordinator, "popen")).containsExactly("without", "done");
                assertThat(answer(coordinator, "popen")).containsExactly("without", "done");
            }
        }
        assertThat(files()).containsExactly(file);
    }

    @Test
    void eachRuntimeAndEachCollectorHasItsOwn() throws Exception {
        try (ChildJvm coordinator = coordinator(cache.toString())) {
            int made = 0;
            for (Path java : Jdks.all().values()) {
                assertThat(answer(coordinator, "popen//java=" + java)).containsExactly("without", "done");
                awaitArchives(++made);
                assertThat(answer(coordinator, "popen//java=" + java)).containsExactly("with", "done");
            }
            assertThat(answer(coordinator, "popen//jvm=-XX:+UseSerialGC")).containsExactly("without", "done");
            awaitArchives(++made);
            assertThat(answer(coordinator, "popen//jvm=-XX:+UseSerialGC")).containsExactly("with", "done");
            // Nobody knows what else an option does.
            assertThat(answer(coordinator, "popen//jvm=-XX:+UseStringDeduplication"))
                    .containsExactly("without", "done");
            assertThat(answer(
                            coordinator,
                            "popen//java=env " + Jdks.all().values().iterator().next()))
                    .containsExactly("without", "done");
            awaitArchives(made);
        }
    }

    @Test
    void aCoordinatorThatEndsMeanwhileLeavesNothing() throws Exception {
        try (ChildJvm coordinator = coordinator(cache.toString())) {
            answer(coordinator, "popen");
            Awaitility.await()
                    .atMost(TO_MAKE_ONE)
                    .until(() -> files().stream()
                            .anyMatch(file ->
                                    file.getParent().getFileName().toString().contains(".tmp")));
            long pid = coordinator.pid();
            Processes.signal("TERM", pid);
            assertThat(coordinator.exitStatus()).isEqualTo(143);
            assertThat(files())
                    .noneMatch(file ->
                            file.toString().contains(".tmp") || file.toString().endsWith(".failed"));
        }
    }

    private ChildJvm coordinator(String folder) throws IOException {
        return ChildJvm.of(ArchiveUser.class, List.of(), Map.of("EXECNET4J_CACHE", folder), cache.toString());
    }

    private static List<String> answer(ChildJvm coordinator, String spec) throws IOException {
        coordinator.say(spec);
        return coordinator.readTo("done");
    }

    /** So many archives, and nothing else. */
    private List<Path> awaitArchives(int count) {
        return Awaitility.await()
                .atMost(TO_MAKE_ONE)
                .until(
                        this::files,
                        files -> files.size() == count
                                && files.stream()
                                        .allMatch(file -> file.toString().matches(".*\\.(aot|jsa)")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
