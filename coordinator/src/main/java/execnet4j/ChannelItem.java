package execnet4j;

import execnet4j.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * A value and the channel it came from.
 *
 * @param channel where it came from
 * @param value what was sent, or the endmarker; may be null
 */
public record ChannelItem(Channel channel, @Nullable Object value) {}
