package execnet4j.channel;

import execnet4j.wire.Frame;
import java.util.List;

/** One item on its way out, and the channels numbered here that it names: to the peer they exist from then on. */
final class Outgoing {
    final Frame frame;
    final List<Channel> named;

    Outgoing(Frame frame, List<Channel> named) {
        this.frame = frame;
        this.named = named;
    }
}
