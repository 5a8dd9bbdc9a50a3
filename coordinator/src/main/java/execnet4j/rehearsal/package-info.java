/**
 * What a worker does while its class archive is made. It travels to the worker as a user's classes do, though its name begins
 * as ours do. Internal.
 */
@NullMarked
package execnet4j.rehearsal;

import org.jspecify.annotations.NullMarked;
