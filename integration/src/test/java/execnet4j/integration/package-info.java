/** Tests of everything together: the ladder of packages, the documentation's code, the commands. */
@NullMarked
package execnet4j.integration;

import org.jspecify.annotations.NullMarked;
