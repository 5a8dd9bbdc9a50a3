package execnet4j.live;

import execnet4j.far.OnPodman;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a class below one that is {@link OverEveryPeer}: the same suite, with workers in a container alone. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@OnPodman
@Kinds({PeerKind.PODMAN, PeerKind.PODMAN_PYTHON})
@interface OverPodman {}
