package execnet4j.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a class below one that is {@link OverEveryPeer}: the same suite, with workers behind other workers alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Kinds({PeerKind.VIA, PeerKind.VIA_PYTHON, PeerKind.VIA_A_PYTHON, PeerKind.VIA_TWO})
@interface OverVia {}
