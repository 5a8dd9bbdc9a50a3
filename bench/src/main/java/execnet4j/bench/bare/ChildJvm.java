package execnet4j.bench.bare;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM of the same kind, with pipes to it. */
public final class ChildJvm {
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private ChildJvm() {}

    /**
     * The options that this JVM has.
     *
     * @return without the class path
     */
    public static List<String> ownOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /**
     * Starts a main program.
     *
     * @param options of the JVM; the class path is this one's, unless they have one
     * @param main the program's class
     * @param args its arguments
     * @return the process; its standard error is this one's
     * @throws IOException if it cannot be started
     */
    public static Process start(List<String> options, Class<?> main, String... args) throws IOException {
        return start(List.of(), options, main, args);
    }

    /**
     * Starts a main program in a session of its own, as workers are, where the system has them: Linux shares processors
     * between sessions, so that many processes in one session get less than as many in sessions of their own.
     *
     * @param options of the JVM; the class path is this one's, unless they have one
     * @param main the program's class
     * @return the process; its standard error is this one's
     * @throws IOException if it cannot be started
     */
    public static Process startInOwnSession(List<String> options, Class<?> main) throws IOException {
        return start(Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of(), options, main);
    }

    private static Process start(List<String> before, List<String> options, Class<?> main, String... args)
            throws IOException {
        List<String> words = new ArrayList<>(before);
        words.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        words.addAll(options);
        if (!options.contains("-cp")) {
            words.addAll(List.of("-cp", System.getProperty("java.class.path")));
        }
        words.add(main.getName());
        words.addAll(List.of(args));
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
