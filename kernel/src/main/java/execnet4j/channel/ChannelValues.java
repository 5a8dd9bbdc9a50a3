package execnet4j.channel;

import execnet4j.error.DumpException;
import execnet4j.error.LoadException;
import execnet4j.serial.ChannelResolver;
import execnet4j.serial.Limits;
import execnet4j.serial.ReadOptions;
import execnet4j.serial.ValueReader;
import execnet4j.serial.ValueWriter;
import execnet4j.serial.WriteOptions;
import execnet4j.wire.Envelope;
import execnet4j.wire.Frame;
import execnet4j.wire.FrameType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values to payloads and back on one connection, with the channels in them. Any thread. */
final class ChannelValues {
    /** How a byte string alone is dumped: opcode, length, bytes, and the opcode for the end (execnet, serializer). */
    static final Envelope BYTES_ENVELOPE = new Envelope((byte) 'A', (byte) 'Q');

    /** Far below the limit of a payload, which is the serializer's to refuse. */
    private static final int LONGEST_BODY = 1 << 28;

    private final Connection connection;
    private final ChannelTable channels;
    private final WriteOptions writeOptions;
    private volatile ReadOptions readOptions = ReadOptions.CHANNEL;

    ChannelValues(Connection connection, ChannelTable channels, ConnectionSettings settings) {
        this.connection = connection;
        this.channels = channels;
        this.writeOptions = new WriteOptions(Limits.DEFAULT, settings.python(), settings.extensions());
    }

    /** How items are read from now on, on channels that have no way of their own. */
    void readOptions(ReadOptions wished) {
        readOptions = wished;
    }

    byte[] encode(@Nullable Object value) {
        return ValueWriter.write(value, new Names(null), writeOptions);
    }

    /** An item of a channel, with the channels of ours that it names. A long array is not copied yet. */
    Outgoing encodeItem(int channelId, @Nullable Object value) {
        if (value instanceof byte[] bytes
                && bytes.length >= Envelope.LEAST_BODY_BYTES
                && bytes.length <= LONGEST_BODY) {
            return new Outgoing(Frame.around(FrameType.DATA, channelId, BYTES_ENVELOPE, bytes), List.of());
        }
        Names names = new Names(null);
        byte[] payload = ValueWriter.write(value, names, writeOptions);
        return new Outgoing(new Frame(FrameType.DATA, channelId, payload), names.sent == null ? List.of() : names.sent);
    }

    /** A payload that is no item of a channel: no channel can stand in it, and wishes how to read are not for it. */
    @Nullable
    Object decode(byte[] payload) {
        return ValueReader.read(payload, new Names(null), ReadOptions.CHANNEL);
    }

    @Nullable
    Object decode(Item item, @Nullable ReadOptions ofChannel) {
        if (item.isBytes()) {
            return item.body();
        }
        return ValueReader.read(item.payload(), new Names(item.channels), ofChannel == null ? readOptions : ofChannel);
    }

    /** Channels as values carry them. */
    private final class Names implements ChannelResolver {
        private final @Nullable NamedChannels named;
        private @Nullable Map<Integer, Channel> gone;
        private @Nullable List<Channel> sent;

        /** Those that an item names, or null where no channel can stand. */
        Names(@Nullable NamedChannels named) {
            this.named = named;
        }

        @Override
        public int idOf(Object value) {
            if (!(value instanceof Channel channel)) {
                return NOT_A_CHANNEL;
            }
            if (channel.connection() != connection) {
                throw new DumpException(channel + " belongs to another gateway ("
                        + channel.gateway().id() + "); a channel can be sent only through its own");
            }
            if (channel.isClosed()) {
                throw new DumpException(channel + " is closed; a closed channel cannot be sent");
            }
            if (channels.isOwn(channel.id())) {
                channel.namedToPeer();
                if (sent == null) {
                    sent = new ArrayList<>(1);
                }
                sent.add(channel);
            }
            return channel.id();
        }

        @Override
        public Object channel(int id) {
            Channel known = named == null ? null : named.get(id);
            if (known != null) {
                return known;
            }
            if (named == null || !channels.wasOpenedHere(id)) {
                throw new LoadException("channel " + id + " cannot stand here");
            }
            if (gone == null) {
                gone = new HashMap<>();
            }
            return gone.computeIfAbsent(id, this::closed);
        }

        private Channel closed(int id) {
            Channel closed = channels.create(id, false);
            closed.ended(ChannelState.Event.PEER_CLOSE, new Ending.Closed(Ending.By.PEER));
            return closed;
        }
    }
}
