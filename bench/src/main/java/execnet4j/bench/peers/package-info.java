/** Other ways to do the same. */
@NullMarked
package execnet4j.bench.peers;

import org.jspecify.annotations.NullMarked;
