package execnet4j.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every kind of peer has to pass but plain execnet, which cannot; each test says why. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedWorkers.class)
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = PeerKind.class,
        names = {"POPEN", "PYTHON", "MEMORY"})
@interface OverOurPeers {}
