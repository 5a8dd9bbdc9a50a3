package execnet4j.live;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the workers on other hosts that tests share started before the first test that wants them. */
final class SharedSshWorkers implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        PeerKind.SSH.peer();
        PeerKind.SSH_PYTHON.peer();
    }
}
