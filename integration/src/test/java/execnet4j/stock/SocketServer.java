package execnet4j.stock;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain execnet's socket server on a port of its choice; it serves one client after the other. */
final class SocketServer implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Entering Accept loop \\('127.0.0.1', (\\d+)\\)");

    private final Process process;
    private final int port;

    private SocketServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static SocketServer start(StockPython python) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(python.command(), "-u", "-m", "execnet.script.socketserver", "127.0.0.1:0"))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONPATH", python.path());
        Process process = builder.start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return new SocketServer(process, Integer.parseInt(listening.group(1)));
            }
        }
        throw new AssertionError(
                "the socket server ended with status " + process.onExit().join().exitValue());
    }

    String spec() {
        return "socket=127.0.0.1:" + port + "//bootstrap=execnet";
    }

    @Override
    public void close() {
        kill();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
