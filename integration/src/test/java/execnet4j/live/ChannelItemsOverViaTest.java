package execnet4j.live;

/** The same through other workers. */
@OverVia
class ChannelItemsOverViaTest extends ChannelItemsTest {}
