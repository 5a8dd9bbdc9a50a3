/** The front door: {@link execnet4j.Execnet}, {@link execnet4j.Group}, {@link execnet4j.Gateway}, {@link execnet4j.MultiChannel}. */
@NullMarked
package execnet4j;

import org.jspecify.annotations.NullMarked;
