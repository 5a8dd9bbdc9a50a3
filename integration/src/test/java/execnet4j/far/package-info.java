/** Workers on other hosts, or on this one by the ways that lead to others. */
@NullMarked
package execnet4j.far;

import org.jspecify.annotations.NullMarked;
