/** The command {@code bench/compare}: asks processes for figures in turn, and prints them side by side. */
@NullMarked
package execnet4j.bench.compare;

import org.jspecify.annotations.NullMarked;
