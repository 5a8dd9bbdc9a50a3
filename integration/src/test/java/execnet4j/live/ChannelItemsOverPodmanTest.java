package execnet4j.live;

/** The same with workers in a container. */
@OverPodman
class ChannelItemsOverPodmanTest extends ChannelItemsTest {}
