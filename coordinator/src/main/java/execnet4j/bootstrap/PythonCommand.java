package execnet4j.bootstrap;

import execnet4j.spec.GatewaySpec;
import execnet4j.text.HarmlessText;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a Python worker on this machine. */
final class PythonCommand {
    /**
     * Gives the worker a session of its own where that can be had, as a JVM worker. Descriptors stay as they are: the worker
     * moves the protocol away from 0 and 1 itself, before any code of users runs.
     */
    private static final String LAUNCH =
            "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

    /** Runs the expression that comes as the first line; unbuffered, so that nothing beyond that line is read ahead. */
    private static final String PROGRAM = "import sys;exec(eval(sys.stdin.readline()))";

    private PythonCommand() {}

    static List<String> of(GatewaySpec spec) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH, "execnet4j-worker"));
        words.addAll(python(spec));
        return words;
    }

    /** Without what gives it a session. */
    static List<String> python(GatewaySpec spec) {
        List<String> words = new ArrayList<>(runtime(spec));
        words.addAll(List.of("-c", PROGRAM));
        return words;
    }

    /** What of it came from the user, for messages. */
    static String inShort(GatewaySpec spec) {
        return HarmlessText.inShort(String.join(" ", runtime(spec)) + " (the execnet4j worker)");
    }

    private static List<String> runtime(GatewaySpec spec) {
        List<String> words = new ArrayList<>();
        spec.nice().ifPresent(nice -> words.addAll(List.of("nice", "-n", Integer.toString(nice))));
        words.addAll(spec.python());
        words.add("-u");
        if (spec.dontWriteBytecode()) {
            words.add("-B");
        }
        return words;
    }
}
