package execnet4j.live;

/** The same with workers in a shell. */
@OverCommand
class ChannelItemsOverCommandTest extends ChannelItemsTest {}
