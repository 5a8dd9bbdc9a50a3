/**
 * A server that starts workers for coordinators elsewhere. {@link execnet4j.serve.WorkerServer} is the only type most programs
 * meet.
 */
@NullMarked
package execnet4j.serve;

import org.jspecify.annotations.NullMarked;
