package execnet4j.live;

/** The same with workers of a server. */
@OverSocket
class ChannelItemsOverSocketTest extends ChannelItemsTest {}
