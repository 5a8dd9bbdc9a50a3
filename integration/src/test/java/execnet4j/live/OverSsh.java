package execnet4j.live;

import execnet4j.far.OnSshHosts;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a class below one that is {@link OverEveryPeer}: the same suite, with workers on other hosts alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnSshHosts
@Kinds({PeerKind.SSH, PeerKind.SSH_PYTHON})
@interface OverSsh {}
