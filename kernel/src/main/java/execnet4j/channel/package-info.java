/**
 * Channels: ordered two-way streams of values that share one connection, at both ends the same. Users meet
 * {@link execnet4j.channel.Channel}, {@link execnet4j.channel.RemoteTask} and {@link execnet4j.channel.Endpoint}.
 */
@NullMarked
package execnet4j.channel;

import org.jspecify.annotations.NullMarked;
