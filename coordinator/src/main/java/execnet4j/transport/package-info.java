/** The byte streams to a worker and the process behind them: start, half-close, wait, kill, and what it printed. */
@NullMarked
package execnet4j.transport;

import org.jspecify.annotations.NullMarked;
