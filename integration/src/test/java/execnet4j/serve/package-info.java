/** Servers that start workers for coordinators elsewhere, and workers that come to their coordinator. */
@NullMarked
package execnet4j.serve;

import org.jspecify.annotations.NullMarked;
