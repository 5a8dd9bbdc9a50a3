package execnet4j.serial;

/** How channels stand inside values: as numbers on the wire, as objects on either side. */
public interface ChannelResolver {
    /** For data outside any gateway: no object is a channel, and a channel number in the bytes is refused. */
    ChannelResolver NONE = new ChannelResolver() {
        @Override
        public int idOf(Object value) {
            return NOT_A_CHANNEL;
        }

        @Override
        public Object channel(int id) {
            throw new execnet4j.error.LoadException("a channel cannot stand in data outside a gateway");
        }
    };

    /** What {@link #idOf} gives for an object that is no channel. */
    int NOT_A_CHANNEL = 0;

    /**
     * The number of a channel.
     *
     * @param value any object of a type the serializer does not know
     * @return the channel's number, or {@link #NOT_A_CHANNEL}
     * @throws execnet4j.error.DumpException if it is a channel that cannot be sent here, being of another gateway
     */
    int idOf(Object value);

    /**
     * The channel of a number.
     *
     * @param id a number found in the bytes; not checked in any way
     * @return the channel object
     * @throws execnet4j.error.LoadException if there can be no channel of that number
     */
    Object channel(int id);
}
