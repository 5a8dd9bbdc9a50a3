/** The worker: running tasks and loading the classes that are shipped to it. Internal. */
@NullMarked
package execnet4j.worker;

import org.jspecify.annotations.NullMarked;
