/** Benchmarks of what is not public in the package of this name. */
@NullMarked
package execnet4j.channel;

import org.jspecify.annotations.NullMarked;
