/** Plain execnet as a peer: Python programs that drive JVM workers, and its workers driven from here. */
@NullMarked
package execnet4j.stock;

import org.jspecify.annotations.NullMarked;
