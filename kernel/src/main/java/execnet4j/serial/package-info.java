/** Values to bytes and back, with limits. Knows no frames; channels inside values come through {@link execnet4j.serial.ChannelResolver}. */
@NullMarked
package execnet4j.serial;

import org.jspecify.annotations.NullMarked;
