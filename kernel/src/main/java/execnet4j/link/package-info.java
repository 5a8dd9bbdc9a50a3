/**
 * Connections between hosts whose ends prove to each other that they know the same token, over TLS beyond one machine; and
 * the parts in which a process elsewhere is talked to over one.
 */
@NullMarked
package execnet4j.link;

import org.jspecify.annotations.NullMarked;
