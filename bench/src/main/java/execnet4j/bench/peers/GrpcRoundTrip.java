package execnet4j.bench.peers;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** A small message there and back as a unary call, in microseconds. */
public final class GrpcRoundTrip implements Probe {
    private final GrpcPeer peer = new GrpcPeer();
    private final byte[] message = new byte[6];

    /**
     * Starts the server.
     *
     * @throws IOException if that fails
     */
    public GrpcRoundTrip() throws IOException {}

    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        return Timed.figure(1e6 * Timed.perStep(time, () -> peer.echo(message)));
    }

    @Override
    public void close() {
        peer.close();
    }
}
