/** What the tests of several modules share; compiled into each, in no artifact. */
@NullMarked
package execnet4j.testing;

import org.jspecify.annotations.NullMarked;
