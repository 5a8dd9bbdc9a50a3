/**
 * The spec language: one line of text that says how to get a worker, such as {@code popen//chdir=work//nice=5}.
 * {@link execnet4j.spec.GatewaySpec} is the only type most programs meet.
 */
@NullMarked
package execnet4j.spec;

import org.jspecify.annotations.NullMarked;
