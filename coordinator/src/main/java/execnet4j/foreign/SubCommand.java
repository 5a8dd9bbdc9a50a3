package execnet4j.foreign;

import execnet4j.spec.GatewaySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command that starts a sub-worker, from the keys of a stock master's spec. */
final class SubCommand {
    /** What a Python is given to run: it reads a program's text from its input and runs it (execnet's protocol). */
    private static final String BOOTSTRAP = "import sys;exec(eval(sys.stdin.readline()))";

    private SubCommand() {}

    static List<String> of(Map<?, ?> spec) {
        List<String> command = new ArrayList<>();
        if (Boolean.TRUE.equals(spec.get("popen"))) {
            // Without python= it is another one of the kind that it is reached through, as with a Python.
            command.addAll(spec.get("python") instanceof String python ? words(python) : List.of(Launcher.path()));
            command.add("-u");
            if (Boolean.TRUE.equals(spec.get("dont_write_bytecode"))) {
                command.add("-B");
            }
            command.addAll(List.of("-c", BOOTSTRAP));
        } else if (spec.get("ssh") instanceof String host) {
            command.addAll(List.of("ssh", "-C"));
            if (spec.get("ssh_config") instanceof String config) {
                command.addAll(List.of("-F", config));
            }
            command.addAll(List.of(host.strip().split("\\s+")));
            String python = spec.get("python") instanceof String given ? given : "python";
            command.add(python + " -c \"" + BOOTSTRAP + "\"");
        } else {
            throw new UnsupportedOperationException(
                    "a JVM worker can be the way (via=) to popen and ssh workers, and not to " + spec.get("_spec"));
        }
        return command;
    }

    /** Quoted as in the key {@code java} of our own specs. */
    private static List<String> words(String command) {
        return GatewaySpec.of("popen//java=" + command.replace("//", "////")).java();
    }
}
