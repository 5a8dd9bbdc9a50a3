/** What a JVM worker needs for a master with plain execnet: it compiles source text, and knows the texts that execnet sends of itself. */
@NullMarked
package execnet4j.foreign;

import org.jspecify.annotations.NullMarked;
