package execnet4j.channel;

import execnet4j.wire.Frame;

/**
 * One received item, still encoded, so that what waits costs what was counted for it. The channels it names are kept
 * beside it: they may be closed and forgotten by the time somebody decodes it.
 */
final class Item {
    /** Stands for the end, where an item or the end is asked for. */
    static final Item END = new Item(new byte[0], NamedChannels.NONE);

    final byte[] payload;
    final NamedChannels channels;

    Item(byte[] payload, NamedChannels channels) {
        this.payload = payload;
        this.channels = channels;
    }

    /** What it counts for in the flow control: its frame's length. */
    int cost() {
        return cost(payload);
    }

    static int cost(byte[] payload) {
        return Frame.HEADER_BYTES + payload.length;
    }
}
