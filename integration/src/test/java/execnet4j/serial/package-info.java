/** The serializer against stock execnet. */
@NullMarked
package execnet4j.serial;

import org.jspecify.annotations.NullMarked;
