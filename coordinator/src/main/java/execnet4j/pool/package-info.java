/** A supervised pool of workers: items in, results out in the same order, whatever happens to single workers. */
@NullMarked
package execnet4j.pool;

import org.jspecify.annotations.NullMarked;
