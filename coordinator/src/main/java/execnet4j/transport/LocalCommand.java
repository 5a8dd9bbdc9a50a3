package execnet4j.transport;

import java.io.File;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;

/** A command of this machine that is the way to another. */
public final class LocalCommand {
    /** Where that can be had: Ctrl-C at the coordinator's terminal does not reach it, nor can it ask there. */
    private static final String OWN_SESSION =
            "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

    private LocalCommand() {}

    /**
     * The command with what gives it a session of its own, where that can be had.
     *
     * @param command its words
     * @return the words to start
     */
    public static List<String> inOwnSession(List<String> command) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", OWN_SESSION, "execnet4j-shell"));
        words.addAll(command);
        return words;
    }

    /**
     * Looks for a command.
     *
     * @param name the first word of a command: a path, or a name that is looked for on the {@code PATH}
     * @throws FileNotFoundException if there is none that can be run; the message is for users
     */
    public static void require(String name) throws FileNotFoundException {
        if (name.indexOf('/') >= 0) {
            if (!new File(name).canExecute()) {
                throw new FileNotFoundException("there is no command " + name + " on this machine");
            }
            return;
        }
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        for (String folder : path.split(":", -1)) {
            if (new File(folder, name).canExecute()) {
                return;
            }
        }
        throw new FileNotFoundException("there is no command " + name + " on this machine (PATH is " + path + ")");
    }
}
