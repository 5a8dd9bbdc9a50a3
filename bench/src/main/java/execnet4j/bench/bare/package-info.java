/** What a bare JVM does, with no library in between. */
@NullMarked
package execnet4j.bench.bare;

import org.jspecify.annotations.NullMarked;
