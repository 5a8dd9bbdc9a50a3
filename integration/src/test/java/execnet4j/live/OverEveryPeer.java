package execnet4j.live;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A suite that every kind of peer has to pass; {@link OverSsh} is for those on other hosts. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedWorkers.class)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(PeersOfSuite.class)
@interface OverEveryPeer {}
