package execnet4j;

import execnet4j.bootstrap.ClassArchive;
import execnet4j.bootstrap.OwnFolder;
import execnet4j.concurrent.DaemonThreads;
import execnet4j.spec.GatewaySpec;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Makes the {@link ClassArchive} that the worker which has just started was without, in the background, for those to come.
 * Of several processes that want the same one makes it. It appears whole, by renaming, after a JVM has said that it can use
 * it; whatever goes wrong, workers start without.
 */
final class ArchiveMaker {
    private static final Duration UNUSED = Duration.ofDays(30);
    private static final Duration LEFT_BY_A_KILLED_PROCESS = Duration.ofHours(1);
    private static final String LOCK = ".lock";
    private static final String WORKSHOP = ".tmp";

    private static final Set<ClassArchive> TRIED = ConcurrentHashMap.newKeySet();

    private final ClassArchive archive;
    private final GatewaySpec spec;
    private final int release;
    private final Path folder;

    private ArchiveMaker(ClassArchive archive, GatewaySpec spec, int release) {
        this.archive = archive;
        this.spec = spec;
        this.release = release;
        this.folder = archive.folder();
    }

    /** Sees to it that there will be an archive for workers such as this one. Does not wait. */
    static void started(GatewaySpec spec, int release) {
        ClassArchive archive = ClassArchive.of(spec);
        if (archive != null && archive.isWanted() && TRIED.add(archive)) {
            DaemonThreads.pool().execute(new ArchiveMaker(archive, spec, release)::makeAlone);
        }
    }

    private void makeAlone() {
        if (!OwnFolder.make(folder)) {
            return;
        }
        Path lockFile = archive.with(LOCK);
        try (FileChannel file = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            if (lock != null && archive.isWanted()) {
                make();
                sweep();
                Files.deleteIfExists(lockFile);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // There is no room or no right to write, or somebody else in this process is at it: it stays as it is.
        }
    }

    private void make() throws IOException {
        Path workshop = Files.createTempDirectory(folder, archive.name() + WORKSHOP);
        List<Path> files = ArchiveRun.FILES.stream().map(workshop::resolve).toList();
        workshop.toFile().deleteOnExit();
        files.stream().map(Path::toFile).forEach(File::deleteOnExit);
        boolean made = false;
        try {
            made = new ArchiveRun(archive, spec, release, workshop).make();
            if (made) {
                String ending = release >= ClassArchive.AHEAD_OF_TIME_SINCE
                        ? ClassArchive.AHEAD_OF_TIME
                        : ClassArchive.CLASS_DATA;
                Files.move(workshop.resolve(ArchiveRun.ARCHIVE), archive.with(ending), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            for (Path each : files) {
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(workshop);
            if (!made && !AtExit.isEnding()) {
                Files.write(archive.with(ClassArchive.FAILED), new byte[0]);
            }
        }
    }

    /** Deletes what nobody has used for long, and what makers left that were killed. */
    private void sweep() throws IOException {
        Instant now = Instant.now();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                boolean inTheMaking = entry.getFileName().toString().contains(WORKSHOP);
                Duration age = Duration.between(Files.getLastModifiedTime(entry).toInstant(), now);
                if (age.compareTo(inTheMaking ? LEFT_BY_A_KILLED_PROCESS : UNUSED) > 0) {
                    delete(entry);
                }
            }
        }
    }

    private static void delete(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            for (String name : ArchiveRun.FILES) {
                Files.deleteIfExists(entry.resolve(name));
            }
        }
        Files.deleteIfExists(entry);
    }
}
