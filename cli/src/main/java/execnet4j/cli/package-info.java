/** The command {@code execnet4j}: reads arguments, lets the pool work, writes results as JSON lines. */
@NullMarked
package execnet4j.cli;

import org.jspecify.annotations.NullMarked;
