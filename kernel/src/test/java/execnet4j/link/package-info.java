@NullMarked
package execnet4j.link;

import org.jspecify.annotations.NullMarked;
