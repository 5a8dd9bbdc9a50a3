/**
 * What coordinator and worker agree on above frames, values and channels: the offer in the first line, the worker's
 * description of itself, the order to run a task, the names by which code is asked for, exit statuses. Internal.
 */
@NullMarked
package execnet4j.protocol;

import org.jspecify.annotations.NullMarked;
