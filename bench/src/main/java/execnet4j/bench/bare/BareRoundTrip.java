package execnet4j.bench.bare;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small message between two JVMs and back over two pipes, in microseconds. */
public final class BareRoundTrip implements Probe {
    private final Process process;

    /**
     * Starts the other JVM.
     *
     * @throws IOException if that fails
     */
    public BareRoundTrip() throws IOException {
        process = ChildJvm.start(List.of(), EchoMain.class);
    }

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        byte[] message = new byte[EchoMain.MESSAGE_BYTES];
        OutputStream out = process.getOutputStream();
        InputStream in = process.getInputStream();
        double seconds = Timed.perStep(time, () -> {
            out.write(message);
            out.flush();
            if (in.readNBytes(message, 0, message.length) < message.length) {
                throw new IOException("the other JVM has ended");
            }
        });
        return Timed.figure(seconds * 1e6);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
