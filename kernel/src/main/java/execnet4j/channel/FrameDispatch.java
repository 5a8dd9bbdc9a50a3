package execnet4j.channel;

import execnet4j.serial.ChannelScan;
import execnet4j.serial.Limits;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.Tuple;
import execnet4j.text.HarmlessText;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import execnet4j.wire.WireException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each kind of frame does. On the reader thread: hands over, runs no user code and waits for nothing. */
final class FrameDispatch {
    private static final int[] NONE = {};

    private final Connection connection;
    private final ChannelTable channels;
    private final ChannelValues values;
    private final ConnectionHost host;
    private final boolean extensions;

    FrameDispatch(
            Connection connection,
            ChannelTable channels,
            ChannelValues values,
            ConnectionHost host,
            boolean extensions) {
        this.connection = connection;
        this.channels = channels;
        this.values = values;
        this.host = host;
        this.extensions = extensions;
    }

    /** Does what a frame says. */
    void handle(Frame frame) throws WireException {
        int id = frame.channelId();
        switch (frame.type()) {
            case FrameType.DATA -> data(frame);
            case FrameType.CREDIT -> credit(frame);
            case FrameType.CLOSE -> closed(id, new Ending.Closed(Ending.By.PEER));
            case FrameType.CLOSE_ERROR ->
                closed(id, new Ending.Failed(HarmlessText.of(values.decode(frame.payload())), Ending.By.PEER));
            case FrameType.LAST_MESSAGE -> {
                Channel channel = channels.get(id);
                if (channel != null) {
                    channel.ended(
                            ChannelState.Event.PEER_LAST_MESSAGE, new Ending.Closed(Ending.By.PEERS_LAST_MESSAGE));
                }
            }
            case FrameType.EXEC -> {
                Channel channel = channels.openedByPeer(id, true);
                host.exec(channel, frame.payload());
            }
            case FrameType.STATUS -> {
                Map<String, Object> status = new HashMap<>(host.status());
                status.put("numchannels", channels.size());
                connection.offer(new Frame(FrameType.DATA, id, values.encode(status)));
                connection.offer(new Frame(FrameType.CLOSE, id));
            }
            case FrameType.RECONFIGURE -> reconfigure(frame);
            default -> {
                if (frame.type() < FrameType.HELLO
                        || !extensions
                        || !host.extension(frame.type(), id, frame.payload())) {
                    throw new WireException("a frame of unknown type came: " + frame);
                }
            }
        }
    }

    private void data(Frame frame) throws WireException {
        Channel channel = channels.get(frame.channelId());
        int[] named = frame.isEnveloped() ? NONE : ChannelScan.channelIds(frame.payload());
        if (channel != null) {
            channel.deliver(new Item(frame, named.length == 0 ? NamedChannels.NONE : register(named)));
            return;
        }
        for (int id : named) {
            if (channels.get(id) == null && !channels.isOwn(id)) {
                connection.offer(new Frame(FrameType.CLOSE, id));
            }
        }
    }

    /** Channels of the peer named in an item exist from now on, whenever it is decoded; ours that are gone stay gone. */
    private NamedChannels register(int[] ids) throws WireException {
        Set<Channel> named = new HashSet<>();
        for (int id : ids) {
            Channel known = channels.get(id);
            if (known == null && !channels.isOwn(id)) {
                known = channels.openedByPeer(id, false);
            }
            if (known != null) {
                named.add(known);
            }
        }
        return NamedChannels.of(named);
    }

    private void credit(Frame frame) throws WireException {
        if (!extensions || frame.payload().length != Long.BYTES) {
            throw new WireException("a frame that was not agreed on came: " + frame);
        }
        long bytes = ByteBuffer.wrap(frame.payload()).getLong();
        if (bytes <= 0 || bytes > ConnectionSettings.MAX_BUDGET) {
            throw new WireException("credit of " + bytes + " bytes");
        }
        Channel channel = channels.get(frame.channelId());
        if (channel != null) {
            channel.credit(bytes);
        }
    }

    private void closed(int id, Ending why) {
        Channel channel = channels.get(id);
        if (channel != null) {
            channel.peerClosed(why);
        }
    }

    /** How strings of Python 2 and 3 are read; a Python master asks for it, for one channel or (id 0) for all. */
    private void reconfigure(Frame frame) throws WireException {
        if (values.decode(frame.payload()) instanceof Tuple wish
                && wish.size() == 2
                && wish.get(0) instanceof Boolean py2StringAsText
                && wish.get(1) instanceof Boolean textAsBytes) {
            ReadOptions wished = new ReadOptions(Limits.DEFAULT, py2StringAsText, textAsBytes);
            Channel channel = channels.get(frame.channelId());
            if (frame.channelId() == 0) {
                values.readOptions(wished);
            } else if (channel != null) {
                channel.readOptions(wished);
            }
        } else {
            throw new WireException("a wish to read strings otherwise is not understood: " + frame);
        }
    }
}
