/** Programs that tests run as processes of their own. */
@NullMarked
package execnet4j.far.programs;

import org.jspecify.annotations.NullMarked;
