package execnet4j.live;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the workers behind others that tests share started before the first test that wants them. */
final class SharedViaWorkers implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        PeerKind.behind().forEach(PeerKind::peer);
    }
}
