/** A process that measures on request; what it measures is in the packages beside it. */
@NullMarked
package execnet4j.bench.host;

import org.jspecify.annotations.NullMarked;
