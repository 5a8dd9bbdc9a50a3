/** Waiting and threads: deadlines, the elastic pool, and the one place that knows of virtual threads. */
@NullMarked
package execnet4j.concurrent;

import org.jspecify.annotations.NullMarked;
