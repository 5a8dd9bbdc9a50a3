package execnet4j.channel;

/**
 * One received item, still encoded, so that what waits costs what was counted for it. The channels it names are kept
 * beside it: they may be closed and forgotten by the time somebody decodes it.
 */
final class Item {
    private static final int FRAME_HEADER = 9;

    final byte[] payload;
    final Channel[] channels;

    Item(byte[] payload, Channel[] channels) {
        this.payload = payload;
        this.channels = channels;
    }

    /** What it counts for in the flow control: its frame's length. */
    int cost() {
        return cost(payload);
    }

    static int cost(byte[] payload) {
        return FRAME_HEADER + payload.length;
    }
}
