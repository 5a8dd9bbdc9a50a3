package execnet4j.channel;

import java.util.List;

/** One item on its way out, and the channels numbered here that it names: to the peer they exist from then on. */
final class Outgoing {
    final byte[] payload;
    final List<Channel> named;

    Outgoing(byte[] payload, List<Channel> named) {
        this.payload = payload;
        this.named = named;
    }
}
