/** Processes of this machine whose streams, status and end somebody at the other end of a connection has. */
@NullMarked
package execnet4j.process;

import org.jspecify.annotations.NullMarked;
