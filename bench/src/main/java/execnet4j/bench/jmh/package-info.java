/** Benchmarks of parts, for JMH; {@code bench/jmh} runs them. */
@NullMarked
package execnet4j.bench.jmh;

import org.jspecify.annotations.NullMarked;
