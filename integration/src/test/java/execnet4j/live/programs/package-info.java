/** Small programs that tests run as coordinators in processes of their own. */
@NullMarked
package execnet4j.live.programs;

import org.jspecify.annotations.NullMarked;
