package execnet4j.bench.peers;

import execnet4j.bench.host.Probe;
import execnet4j.bench.host.Timed;
import java.time.Duration;
import java.util.Map;

/** From nothing to the first answer of a gRPC server in a JVM of its own, in milliseconds. */
public final class GrpcStart implements Probe {
    @Override
    public Map<String, Double> sample(Duration time) throws Exception {
        return Timed.figure(1e3
                * Timed.once(() -> {
                    try (GrpcPeer peer = new GrpcPeer()) {
                        peer.echo(new byte[6]);
                    }
                }));
    }
}
