package execnet4j.ship;

import execnet4j.error.ExecnetException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directories and jars in which a task's classes and resources are looked up by name; nothing outside them is ever read.
 * Safe for threads.
 */
public final class TaskClassPath implements AutoCloseable {
    private final List<Path> given;

    /** Null while they are closed. */
    private final AtomicReference<@Nullable Map<Path, PathEntry>> opened = new AtomicReference<>();

    private TaskClassPath(List<Path> given) {
        this.given = given;
    }

    /**
     * A class path of these entries and of what the manifests of the jars among them name.
     *
     * @param files directories and jars
     * @return the class path, which keeps its jars open
     * @throws IllegalArgumentException if one does not exist or is no jar
     */
    public static TaskClassPath of(List<Path> files) {
        TaskClassPath classPath = new TaskClassPath(List.copyOf(files));
        classPath.entries();
        return classPath;
    }

    /**
     * The class path and module path of the running program.
     *
     * @return the class path, without entries that do not exist; it is opened when it is needed first
     */
    public static TaskClassPath ofApplication() {
        List<Path> files = new ArrayList<>();
        boolean isModule = System.getProperty("jdk.module.main") != null;
        for (String each : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!each.isEmpty() || !isModule) {
                files.add(Path.of(each));
            }
        }
        for (String each : System.getProperty("jdk.module.path", "").split(File.pathSeparator, -1)) {
            if (!each.isEmpty()) {
                files.addAll(modules(Path.of(each)));
            }
        }
        return new TaskClassPath(files.stream()
                .filter(file -> Files.isDirectory(file) || isJar(file))
                .toList());
    }

    /** An entry of a module path is a module or a directory of modules. */
    private static List<Path> modules(Path entry) {
        if (!Files.isDirectory(entry) || Files.exists(entry.resolve("module-info.class"))) {
            return List.of(entry);
        }
        try (Stream<Path> modules = Files.list(entry)) {
            return modules.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the module path cannot be read: " + entry, e);
        }
    }

    private static boolean isJar(Path file) {
        return Files.isRegularFile(file) && file.toString().endsWith(".jar");
    }

    /** Files are opened under no lock: who is slower than another thread lets go what it opened. */
    private Map<Path, PathEntry> entries() {
        while (true) {
            Map<Path, PathEntry> known = opened.get();
            if (known != null) {
                return known;
            }
            Map<Path, PathEntry> fresh = open();
            if (opened.compareAndSet(null, fresh)) {
                return fresh;
            }
            close(fresh);
        }
    }

    private Map<Path, PathEntry> open() {
        Map<Path, PathEntry> entries = new LinkedHashMap<>();
        for (Path file : given) {
            try {
                add(file, entries);
            } catch (IOException e) {
                close(entries);
                throw new IllegalArgumentException(
                        "the task class path has " + file + ", which cannot be read: " + e, e);
            }
        }
        return entries;
    }

    private static void add(Path file, Map<Path, PathEntry> entries) throws IOException {
        Path real = file.toRealPath();
        if (entries.containsKey(real)) {
            return;
        }
        if (Files.isDirectory(real)) {
            entries.put(real, DirectoryEntry.of(real));
            return;
        }
        JarEntry jar = JarEntry.of(real);
        entries.put(real, jar);
        for (Path more : jar.manifestPath()) {
            if (Files.isDirectory(more) || isJar(more)) {
                add(more, entries);
            }
        }
    }

    /** Its directories and jars, in order. */
    List<Path> files() {
        return List.copyOf(entries().keySet());
    }

    /** The first file of this name, which must be {@link execnet4j.protocol.CodeNames#isResourceName valid}; null if there is none. */
    byte @Nullable [] find(String name) {
        for (PathEntry entry : entries().values()) {
            try {
                byte[] found = entry.find(name);
                if (found != null) {
                    return found;
                }
            } catch (IOException e) {
                throw new ExecnetException(name + " cannot be read from " + entry.path() + ": " + e, e);
            }
        }
        return null;
    }

    /** Closes the jars. They are opened again by the next use, if there is one. */
    @Override
    public void close() {
        Map<Path, PathEntry> known = opened.getAndSet(null);
        if (known != null) {
            close(known);
        }
    }

    private static void close(Map<Path, PathEntry> entries) {
        for (PathEntry entry : entries.values()) {
            try {
                entry.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a jar that was only read cannot be closed", e);
            }
        }
    }
}
