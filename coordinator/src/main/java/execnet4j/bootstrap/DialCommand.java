package execnet4j.bootstrap;

import execnet4j.worker.DialMain;
import java.util.ArrayList;
import java.util.List;

/** What starts a JVM worker that goes to its coordinator. */
public final class DialCommand {
    private DialCommand() {}

    /**
     * The words of the command, for a host that sees this one's files.
     *
     * @param host where the coordinator is found
     * @param port where it listens
     * @param pin by what it is known; empty without TLS
     * @return to be run with the token in the environment
     */
    public static List<String> of(String host, int port, String pin) {
        List<String> words = new ArrayList<>(List.of(
                "java", "-cp", KernelCode.path().toString(), DialMain.class.getName(), host, Integer.toString(port)));
        if (!pin.isEmpty()) {
            words.add(pin);
        }
        return words;
    }
}
