package execnet4j.live;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the workers of a suite's {@link Kinds} started before the first test that wants them. */
final class SharedPeers implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        PeersOfSuite.kinds(context.getRequiredTestClass()).forEach(PeerKind::peer);
    }
}
