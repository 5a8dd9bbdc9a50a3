package execnet4j.live;

/** The same with workers in a container. */
@OverPodman
class ChannelStreamsOverPodmanTest extends ChannelStreamsTest {}
