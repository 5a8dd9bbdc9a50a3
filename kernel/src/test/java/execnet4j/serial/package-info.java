/** Tests of values and bytes. */
@NullMarked
package execnet4j.serial;

import org.jspecify.annotations.NullMarked;
