package execnet4j.worker;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The java that runs this process, with the options that it was given. */
final class OwnJava {
    /** Holds all of it, where ProcessHandle gives up on a command line longer than a page. */
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private static final List<String> MODULE = List.of("-m", "--module");

    private OwnJava() {}

    /**
     * What runs a worker.
     *
     * @param own this process's main class
     * @param main the worker's
     * @return the words of a command
     * @throws IOException if the options cannot be told; the message is for users
     */
    static List<String> command(Class<?> own, Class<?> main) throws IOException {
        List<String> words = new ArrayList<>(JvmLaunch.before(true));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JvmLaunch.OPTIONS);
        Optional<List<String>> arguments = arguments();
        if (arguments.isPresent()) {
            words.addAll(with(arguments.get(), own.getName(), main.getName()));
        } else {
            System.err.println(
                    "execnet4j: this system does not tell the options of this JVM; its worker has none but those"
                            + " of JDK_JAVA_OPTIONS");
            words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        }
        return words;
    }

    /** All before the main class, and another in its place: of the class path, or of a module. */
    static List<String> with(List<String> arguments, String own, String main) throws IOException {
        for (int i = 0; i < arguments.size(); i++) {
            String each = arguments.get(i);
            List<String> before = new ArrayList<>(arguments.subList(0, i));
            if (each.equals(own)) {
                before.add(main);
                return before;
            }
            boolean joined = each.startsWith("--module=");
            if (each.endsWith("/" + own) && (joined || (i > 0 && MODULE.contains(arguments.get(i - 1))))) {
                // Tasks are to find what they find in a worker of the class path.
                before.addAll(joined ? i : i - 1, List.of("--add-modules", "ALL-DEFAULT"));
                before.add(each.substring(0, each.length() - own.length()) + main);
                return before;
            }
        }
        throw new IOException(
                "its worker is to have the options of this JVM, and where those end cannot be seen: write " + own
                        + " and what follows into the command itself, not into an argument file (@) or a jar's manifest");
    }

    private static Optional<List<String>> arguments() {
        Optional<String[]> told = ProcessHandle.current().info().arguments();
        if (told.isPresent()) {
            return told.map(List::of);
        }
        try {
            String line = new String(
                    Files.readAllBytes(COMMAND_LINE), Charset.forName(System.getProperty("native.encoding")));
            List<String> words = List.of(line.split("\0", -1));
            return Optional.of(words.subList(1, words.size()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
