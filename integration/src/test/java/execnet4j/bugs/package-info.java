/** One class for each fault that was found and fixed: what went wrong, so that it does not come back. */
@NullMarked
package execnet4j.bugs;

import org.jspecify.annotations.NullMarked;
