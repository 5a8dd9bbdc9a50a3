/** Gateways to live workers, by the public names alone, and what has to be true of every one of them. */
@NullMarked
package execnet4j.live;

import org.jspecify.annotations.NullMarked;
