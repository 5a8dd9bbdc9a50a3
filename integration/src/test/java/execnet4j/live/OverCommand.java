package execnet4j.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a class below one that is {@link OverEveryPeer}: the same suite, with workers in a shell that a command gives alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Kinds({PeerKind.COMMAND, PeerKind.COMMAND_PYTHON})
@interface OverCommand {}
