package execnet4j.channel;

import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;

/**
 * One received item, still encoded, so that what waits costs what was counted for it. The channels it names are kept
 * beside it: they may be closed and forgotten by the time somebody decodes it.
 */
final class Item {
    /** Stands for the end, where an item or the end is asked for. */
    static final Item END = new Item(new Frame(FrameType.DATA, 0), NamedChannels.NONE);

    final NamedChannels channels;
    private final Frame frame;

    Item(Frame frame, NamedChannels channels) {
        this.frame = frame;
        this.channels = channels;
    }

    /** The encoded value. */
    byte[] payload() {
        return frame.payload();
    }

    /** Whether the value is the array that {@link #body} gives, and nothing has to be decoded. */
    boolean isBytes() {
        return frame.isEnveloped();
    }

    byte[] body() {
        return frame.body();
    }

    /** What it counts for in the flow control: its frame's length. */
    int cost() {
        return frame.encodedLength();
    }
}
