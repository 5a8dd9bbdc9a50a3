package execnet4j.live;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has the workers that tests share started before the first test that wants them, which so leaves nothing behind. */
final class SharedWorkers implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        for (PeerKind kind : PeerKind.here()) {
            kind.peer();
        }
        Workers.pair();
        Workers.pythonPair();
    }
}
