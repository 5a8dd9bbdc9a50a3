package execnet4j.bench.peers;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import py4j.ClientServer;

/** A call from Java into a Python through Py4J, in microseconds. */
public final class Py4jRoundTrip implements Probe {
    private final Process process;
    private final ClientServer server;
    private final Adder adder;

    /**
     * Starts the Python.
     *
     * @param python its path
     * @param program the script that serves
     * @throws IOException if it does not start
     */
    public Py4jRoundTrip(String python, String program) throws IOException {
        process = new ProcessBuilder(python, program)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (port == null) {
            throw new IOException("the Python with Py4J did not start");
        }
        server = new ClientServer.ClientServerBuilder(this)
                .javaPort(0)
                .pythonPort(Integer.parseInt(port))
                .build();
        adder = (Adder) server.getPythonServerEntryPoint(new Class<?>[] {Adder.class});
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        return Timed.figure(1e6
                * Timed.perStep(time, () -> {
                    if (adder.add(7) != 8) {
                        throw new IOException("the Python cannot add");
                    }
                }));
    }

    @Override
    public void close() {
        server.shutdown();
        process.destroy();
    }
}
