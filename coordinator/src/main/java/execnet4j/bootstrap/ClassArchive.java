package execnet4j.bootstrap;

import execnet4j.protocol.CodeHash;
import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of one runtime start faster with: the classes that they load, as the JVM has them in memory. It holds for
 * one file of the kernel, one runtime and one choice of options; for anything else there is another, by its name.
 *
 * @param folder where it is or would be
 * @param name of its file, without the ending that says of which kind it is
 * @param java the program
 * @param options those of the user's that it is made with
 * @param kernel the jar
 */
public record ClassArchive(Path folder, String name, Path java, List<String> options, Path kernel) {
    /** The first release whose JVM makes an ahead-of-time cache in one go (JEP 514). */
    public static final int AHEAD_OF_TIME_SINCE = 25;

    /** Of an ahead-of-time cache. */
    public static final String AHEAD_OF_TIME = ".aot";

    /** Of a class-data archive, for the releases before. */
    public static final String CLASS_DATA = ".jsa";

    /** Of an empty file that says that it cannot be made. */
    public static final String FAILED = ".failed";

    /**
     * What goes with the use of any archive: map it where it was made for. Elsewhere, the JVM's default since 17, each worker
     * has a third more memory of its own, as all pages with addresses in them are rewritten and no more shared.
     */
    public static final List<String> IN_PLACE =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private static final String USE_AHEAD_OF_TIME = "-XX:AOTCache=";
    private static final String USE_CLASS_DATA = "-XX:SharedArchiveFile=";

    private static final int NAME_LENGTH = 32;
    private static final Duration NEXT_TRY = Duration.ofDays(1);
    private static final Duration MARKED_AS_USED = Duration.ofDays(1);

    /** Keeps its own copy of the list. */
    public ClassArchive {
        options = List.copyOf(options);
    }

    /**
     * The archive for workers of a spec.
     *
     * @param spec of a gateway
     * @return null if there can be none: the worker is no JVM of this machine, the kernel is no jar, the runtime is not known
     *     well enough, the options are ones that we do not try, or nothing is to be kept
     */
    public static @Nullable ClassArchive of(GatewaySpec spec) {
        List<String> java = JavaCommand.java(spec);
        if (!spec.popen() || !spec.python().isEmpty() || java.size() > 1) {
            return null;
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(spec.env());
        List<String> options = ArchivableOptions.of(environment, spec.jvmOptions());
        Path folder = CacheFolder.of(System.getenv());
        if (options == null || folder == null) {
            return null;
        }
        try {
            return of(folder.resolve("classes"), Path.of(java.get(0)), options, KernelCode.path());
        } catch (IOException | InvalidPathException e) {
            // What is wrong with it the start of the worker tells, if anything is.
            return null;
        }
    }

    static @Nullable ClassArchive of(Path folder, Path java, List<String> options, Path kernel) throws IOException {
        Path modules = java.toRealPath().resolve("../../lib/modules").normalize();
        if (!java.isAbsolute() || !Files.isRegularFile(modules) || !Files.isRegularFile(kernel)) {
            return null;
        }
        String about = String.join("\n", state(kernel), java.toString(), state(modules), options.toString());
        String name = CodeHash.of(about.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_LENGTH);
        return new ClassArchive(folder, name, java, options, kernel);
    }

    /** What a JVM compares too before it uses an archive. */
    private static String state(Path file) throws IOException {
        return file + " " + Files.size(file) + " "
                + Files.getLastModifiedTime(file).toMillis();
    }

    /**
     * The file with an ending.
     *
     * @param ending one of those named here
     * @return its path
     */
    public Path with(String ending) {
        return folder.resolve(name + ending);
    }

    /**
     * Whether it should be made: it is not there, and did not turn out to be impossible lately.
     *
     * @return as of now
     */
    public boolean isWanted() {
        return !isThere(AHEAD_OF_TIME)
                && !isThere(CLASS_DATA)
                && age(with(FAILED)).compareTo(NEXT_TRY) > 0;
    }

    /** What a JVM is told to use it, and to say nothing if it cannot; nothing if it is not there. */
    List<String> jvmOptions() {
        if (isThere(AHEAD_OF_TIME)) {
            return used(USE_AHEAD_OF_TIME, AHEAD_OF_TIME, "-Xlog:aot*=off,cds*=off,class+path=off");
        }
        if (isThere(CLASS_DATA)) {
            return used(USE_CLASS_DATA, CLASS_DATA, "-Xlog:cds*=off,class+path=off");
        }
        return List.of();
    }

    /** Whether a JVM that is started so is told of one. */
    static boolean isUsedIn(List<String> command) {
        return command.stream().anyMatch(word -> word.startsWith(USE_AHEAD_OF_TIME) || word.startsWith(USE_CLASS_DATA));
    }

    /** An archive is code: one that others may have written is as if it were not there. */
    private boolean isThere(String ending) {
        return Files.isRegularFile(with(ending)) && OwnFolder.is(folder);
    }

    private List<String> used(String option, String ending, String silence) {
        Path path = with(ending);
        if (age(path).compareTo(MARKED_AS_USED) > 0) {
            try {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            } catch (IOException e) {
                // It will be deleted as unused some day, and made again.
            }
        }
        List<String> options = new ArrayList<>(IN_PLACE);
        options.addAll(List.of(option + path, silence));
        return options;
    }

    /** Since it was last written, beyond all bounds if it is not there. */
    private static Duration age(Path path) {
        try {
            return Duration.between(Files.getLastModifiedTime(path).toInstant(), Instant.now());
        } catch (IOException e) {
            return Duration.ofDays(Integer.MAX_VALUE);
        }
    }
}
