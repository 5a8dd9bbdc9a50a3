/** Frames on a byte stream: decode, encode, trace, and the queue to the writing thread. Knows bytes, no values. */
@NullMarked
package execnet4j.wire;

import org.jspecify.annotations.NullMarked;
