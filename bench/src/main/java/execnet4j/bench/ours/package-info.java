/** What is measured of execnet4j, through its public API. */
@NullMarked
package execnet4j.bench.ours;

import org.jspecify.annotations.NullMarked;
