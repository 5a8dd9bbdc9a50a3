package execnet4j.bootstrap;

import execnet4j.worker.DialMain;
import java.util.ArrayList;
import java.util.List;

/** What starts a worker that goes to its coordinator; to be run with the token in the environment. */
public final class DialCommand {
    private DialCommand() {}

    /**
     * For a JVM worker, on a host that sees this one's files.
     *
     * @param host where the coordinator is found
     * @param port where it listens
     * @param pin by what it is known; empty without TLS
     * @return the words of the command
     */
    public static List<String> java(String host, int port, String pin) {
        return with(List.of("java", "-cp", KernelCode.path().toString(), DialMain.class.getName()), host, port, pin);
    }

    /**
     * For a Python worker, anywhere.
     *
     * @param host where the coordinator is found
     * @param port where it listens
     * @param pin by what it is known; empty without TLS
     * @return the words of the command
     */
    public static List<String> python(String host, int port, String pin) {
        return with(List.of("python3", "-c", pythonProgram()), host, port, pin);
    }

    /**
     * What {@link #python} runs.
     *
     * @return the text of a program, in ASCII
     */
    public static String pythonProgram() {
        return JoinedPython.DIAL;
    }

    private static List<String> with(List<String> program, String host, int port, String pin) {
        List<String> words = new ArrayList<>(program);
        words.add(host);
        words.add(Integer.toString(port));
        if (!pin.isEmpty()) {
            words.add(pin);
        }
        return words;
    }
}
