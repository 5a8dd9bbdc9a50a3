package execnet4j.bootstrap;

import execnet4j.spec.GatewaySpec;
import execnet4j.worker.WorkerMain;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a shell elsewhere reads to become a worker. It comes in by the shell's standard input and not on a command line: so
 * the quoting of no login shell matters, and nobody sees the worker's environment among the processes there.
 *
 * @param text the program
 * @param mark begins each line that it says; random, so that nothing else does by chance
 */
record FarProgram(String text, String mark) {
    /** What a shell can export; others can still be given by env(1). */
    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final int MARK_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * For a worker of the kind that the spec asks for; the Java that is known there, if any, is taken before others.
     *
     * @param runtime to be sent if it is not there, null for a Java of the host's own
     */
    static FarProgram of(GatewaySpec spec, String knownJava, @Nullable ShippedRuntime runtime) {
        byte[] random = new byte[MARK_BYTES];
        RANDOM.nextBytes(random);
        String mark = "execnet4j-" + HexFormat.of().formatHex(random);
        boolean python = !spec.python().isEmpty();
        List<String> lines = new ArrayList<>(List.of(
                Functions.TEXT,
                "mark=" + quoted(mark.substring(0, MARK_BYTES)),
                "mark2=" + quoted(mark.substring(MARK_BYTES)),
                "kind=" + (python ? "python" : "java"),
                "known_java=" + quoted(knownJava),
                "directory=" + quoted(spec.chdir().orElse("")),
                "output=" + (spec.forwardsStdout() ? "forward" : "null")));
        spec.env().forEach((name, value) -> {
            if (SHELL_NAME.matcher(name).matches()) {
                lines.add("export " + name + "=" + quoted(value));
            }
        });
        lines.addAll(python ? python(spec) : java(spec, runtime));
        lines.add("main\n");
        return new FarProgram(String.join("\n", lines), mark);
    }

    /** What a shell elsewhere can do, for a shell here. */
    static String functions() {
        return Functions.TEXT;
    }

    private static List<String> java(GatewaySpec spec, @Nullable ShippedRuntime runtime) {
        KernelJar jar = KernelJar.current();
        boolean named = !spec.java().isEmpty() && runtime == null;
        String find = named
                ? "has_command java " + quoted(spec.java().get(0))
                : runtime == null ? "find_java" : "have_runtime";
        String java = named ? quoted(spec.java()) : "\"$java\"";
        String serve = "serve " + wrapper(spec) + java + " " + quoted(JavaCommand.options(spec)) + " -cp \"$jar\" "
                + WorkerMain.class.getName();
        return List.of(
                "jar_name=" + quoted(jar.name()),
                "jar_size=" + jar.size(),
                runtime == null
                        ? ""
                        : "runtime_hash=" + runtime.hash() + " runtime_size=" + runtime.size() + " runtime_platform="
                                + quoted(runtime.platform()),
                "main() { begin; " + find + "; have_jar; " + serve + "; }");
    }

    private static List<String> python(GatewaySpec spec) {
        return List.of(
                "main() { begin; has_command python " + quoted(spec.python().get(0)) + "; serve " + wrapper(spec)
                        + quoted(PythonCommand.python(spec)) + "; }");
    }

    /** Sets the variables that no shell can name, and the niceness, which for Pythons {@link PythonCommand} sees to. */
    private static String wrapper(GatewaySpec spec) {
        List<String> words = new ArrayList<>();
        spec.env().forEach((name, value) -> {
            if (!SHELL_NAME.matcher(name).matches()) {
                words.add(name + "=" + value);
            }
        });
        if (!words.isEmpty()) {
            words.add(0, "env");
        }
        if (spec.python().isEmpty()) {
            spec.nice().ifPresent(nice -> words.addAll(List.of("nice", "-n", Integer.toString(nice))));
        }
        return words.isEmpty() ? "" : quoted(words) + " ";
    }

    private static String quoted(List<String> words) {
        return words.stream().map(FarProgram::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** The functions, without their comments. Read once, when a worker elsewhere is first wanted. */
    private static final class Functions {
        static final String TEXT = read("far_start.sh");

        private static String read(String name) {
            try (InputStream in = FarProgram.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("execnet4j's jar is not whole: " + name + " is missing");
                }
                return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .collect(Collectors.joining("\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
