package execnet4j.live;

/** The same through other workers. */
@OverVia
class ChannelStreamsOverViaTest extends ChannelStreamsTest {}
