package execnet4j;

import execnet4j.spec.GatewaySpec;
import java.time.Duration;

/** How long a worker may take to start if its starter does not say. */
final class UsualStart {
    static final Duration TIME = Duration.ofMinutes(1);

    /** A Java runtime may have to be made first, on a busy machine, and sent, over a slow link. */
    private static final Duration WITH_RUNTIME = Duration.ofMinutes(5);

    private UsualStart() {}

    static Duration of(GatewaySpec spec) {
        return spec.shipsJava() ? WITH_RUNTIME : TIME;
    }
}
