package execnet4j.live;

/** The same over ssh. */
@OverSsh
class ChannelCallbackOverSshTest extends ChannelCallbackTest {}
