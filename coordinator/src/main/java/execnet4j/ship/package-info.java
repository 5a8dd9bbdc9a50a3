/** What code a task needs, as hashes and bytes. Internal. */
@NullMarked
package execnet4j.ship;

import org.jspecify.annotations.NullMarked;
