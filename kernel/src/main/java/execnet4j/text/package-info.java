/** Text from the other end, made fit to be shown. */
@NullMarked
package execnet4j.text;

import org.jspecify.annotations.NullMarked;
