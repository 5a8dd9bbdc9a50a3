package execnet4j.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** On an annotation for classes below one that is {@link OverEveryPeer}: the same suite, with these kinds alone. */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedPeers.class)
@interface Kinds {
    /** Which. */
    PeerKind[] value();
}
